package io.framewarden.benchmarks.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.framewarden.trainer.backbone.Cost;
import io.framewarden.trainer.did.Derangement;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.FaceTensors;
import io.framewarden.trainer.did.GradientMode;
import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.FaceBatch;
import io.framewarden.trainer.training.OptimizerConfig;
import io.framewarden.trainer.training.TrainingConfig;
import io.framewarden.trainer.training.TrainingSchedule;
import io.framewarden.trainer.training.TrainingSteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Trains a DID network for a few steps on noise, to see what its backbone costs. Owns the network.
 */
public final class BackboneBench implements AutoCloseable {

  private static final long SEED = 1;
  private static final int DOMAINS = 2;

  private final TrainingConfig config;
  private final DidNetwork network;

  /**
   * @param batch faces in a batch, at least 2
   * @param steps that will be trained, at least 2: the first one is not timed
   */
  public BackboneBench(NetworkConfig network, int batch, int steps) {
    if (steps < 2) {
      throw new IllegalArgumentException("steps must be at least 2, not " + steps);
    }
    config =
        new TrainingConfig(
            network,
            LossConfig.paper(),
            OptimizerConfig.paper(),
            new TrainingSchedule(steps, steps, batch, steps, SEED));
    this.network = DidNetwork.create(network, DOMAINS, SEED, Device.cpu());
  }

  /**
   * Trains, and measures it.
   *
   * @return {@code parameters} of the backbone, its {@code multiply_adds} for one face, the median
   *     {@code step_seconds}, and the {@code loss} of the last step
   */
  public Map<String, Double> train() {
    List<Double> seconds = new ArrayList<>();
    double loss = 0;
    try (TrainingSteps steps = new TrainingSteps(network, config, List.of())) {
      for (int step = 0; step < config.steps(); step++) {
        FaceBatch batch = batch(step);
        long began = System.nanoTime();
        loss = steps.step(step, batch).get("total");
        seconds.add((System.nanoTime() - began) / 1e9);
      }
    }
    seconds.remove(0);
    Collections.sort(seconds);
    Cost cost = network.backbone().cost();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("parameters", (double) cost.parameters());
    metrics.put("multiply_adds", (double) cost.multiplyAdds());
    metrics.put("step_seconds", seconds.get(seconds.size() / 2));
    metrics.put("loss", loss);
    return metrics;
  }

  /** Gathers running statistics, without which an untrained network overflows. */
  public void warm(int passes) {
    int[] partners = Derangement.of(batch(0).origins(), SEED);
    for (int pass = 0; pass < passes; pass++) {
      try (GradientMode disabled = GradientMode.disable();
          NDManager scope = network.manager().newSubManager()) {
        byte[][] faces = faces(pass);
        network.train(FaceTensors.of(scope, faces, 0, faces.length), 0, partners);
      }
    }
  }

  /** Noise in the shape of a batch. */
  public byte[][] faces(long seed) {
    Random random = new Random(seed);
    byte[][] faces = new byte[config.batch()][config.network().side() * config.network().side()];
    for (byte[] face : faces) {
      random.nextBytes(face);
    }
    return faces;
  }

  private FaceBatch batch(long step) {
    int n = config.batch();
    float[] labels = new float[n];
    int[] domains = new int[n];
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      labels[i] = i % 2;
      domains[i] = i % 2;
      sources.add("noise " + i);
    }
    return new FaceBatch(faces(step), labels, domains, new byte[n][], sources, sources);
  }

  /** The network. */
  public DidNetwork network() {
    return network;
  }

  /** Frees the network. */
  @Override
  public void close() {
    network.close();
  }
}
