package io.framewarden.benchmarks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.FaceTensors;
import io.framewarden.trainer.onnx.GraphScorer;
import io.framewarden.trainer.onnx.OnnxExporter;
import io.framewarden.v1.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How fast the inference graph is in ONNX Runtime, which detectors score with, and in libtorch
 * through DJL: the same weights on the same faces, in turns, so that a noisy machine is unfair to
 * neither. The weights need not be trained.
 */
public final class InferenceBench {
  private static final double NANOS = 1e9;
  private static final int TURNS = 4;
  private static final long SEED = 1;

  private final DidNetwork network;
  private final int batch;
  private final double seconds;

  /**
   * @param network stays the caller's
   * @param batch faces in a call
   * @param seconds to measure each for, in all
   */
  public InferenceBench(DidNetwork network, int batch, double seconds) {
    this.network = network;
    this.batch = batch;
    this.seconds = seconds;
  }

  /**
   * Exports the graph and measures both.
   *
   * @return {@code ortFacesPerSecond}, {@code torchFacesPerSecond}, {@code ortToTorch}
   */
  public Map<String, Double> run() throws IOException {
    byte[][] faces = faces();
    int side = network.config().side();
    FaceShape shape = new FaceShape(side, side, PixelFormat.GRAY8);
    Path graph = Files.createTempFile("framewarden", ".onnx");
    try {
      OnnxExporter.write(network, side, graph);
      try (GraphScorer scorer = new GraphScorer(graph, shape)) {
        List<byte[]> listed = List.of(faces);
        return compared(() -> scorer.logits(listed), () -> torch(faces));
      }
    } finally {
      Files.deleteIfExists(graph);
    }
  }

  private Map<String, Double> compared(Runnable ort, Runnable torch) {
    ort.run();
    torch.run();
    Rate ortRate = new Rate();
    Rate torchRate = new Rate();
    for (int turn = 0; turn < TURNS; turn++) {
      ortRate.measure(ort);
      torchRate.measure(torch);
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("ortFacesPerSecond", ortRate.facesPerSecond());
    metrics.put("torchFacesPerSecond", torchRate.facesPerSecond());
    metrics.put("ortToTorch", ortRate.facesPerSecond() / torchRate.facesPerSecond());
    return metrics;
  }

  private void torch(byte[][] faces) {
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray input = FaceTensors.of(scope, faces, 0, faces.length);
      DidNetwork.Inference<NDArray> outputs = network.infer(input);
      // The engine is lazy about nothing on a CPU; reading makes sure wherever it runs.
      outputs.logits().toFloatArray();
      outputs.attention().toFloatArray();
    }
  }

  private byte[][] faces() {
    SplittableRandom random = new SplittableRandom(SEED);
    int pixels = network.config().side() * network.config().side();
    byte[][] faces = new byte[batch][pixels];
    for (byte[] face : faces) {
      random.nextBytes(face);
    }
    return faces;
  }

  private final class Rate {
    private long calls;
    private double spent;

    void measure(Runnable call) {
      long begin = System.nanoTime();
      double now = 0;
      while (now < seconds / TURNS) {
        call.run();
        calls++;
        now = (System.nanoTime() - begin) / NANOS;
      }
      spent += now;
    }

    double facesPerSecond() {
      return calls * batch / spent;
    }
  }
}
