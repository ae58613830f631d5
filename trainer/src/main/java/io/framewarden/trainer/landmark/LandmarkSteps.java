package io.framewarden.trainer.landmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.trainer.did.GradientMode;
import io.framewarden.trainer.did.TensorValues;
import io.framewarden.trainer.training.Adam;
import io.framewarden.trainer.training.NonFiniteLossException;
import io.framewarden.trainer.training.OptimizerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of training a landmark network: forward, loss, backward, update. The loss is the mean
 * distance between the landmarks and their labels, in percent of the square's side, and the
 * cross-entropy of the score. Owns the optimiser's moments until it is closed; the network stays
 * the caller's.
 */
final class LandmarkSteps implements AutoCloseable {
  private static final int SIDE = LandmarkNetwork.SIDE;
  private static final double PERCENT = 100;

  /** Squared distance, in parts of the side, below which the loss flattens. */
  private static final double ROUNDED = 1e-6;

  /**
   * The heads' rate as a part of the backbone's: over a thousand weights move each landmark, whose
   * unit is the side of the square.
   */
  private static final double HEADS = 0.1;

  private final LandmarkNet net;
  private final LandmarkConfig config;
  private final NDManager manager;
  private final Adam adam;

  LandmarkSteps(LandmarkNet net, LandmarkConfig config) {
    this.net = net;
    this.config = config;
    manager = net.manager().newSubManager();
    OptimizerConfig optimizer =
        OptimizerConfig.fromScratch().toBuilder()
            .learningRate(HEADS * config.learningRate())
            .backboneFactor(1 / HEADS)
            .finalFactor(0)
            .build();
    adam = new Adam(optimizer, config.steps(), net.parameters(), manager);
  }

  Adam adam() {
    return adam;
  }

  /**
   * Trains on one batch.
   *
   * @return the terms of the loss by name, and their sum as {@code total}
   * @throws NonFiniteLossException before anything is updated
   */
  Map<String, Float> step(long step, LandmarkBatch batch) {
    int faces = batch.faces().size();
    int all = faces + batch.backgrounds().size();
    try (NDManager scope = manager.newSubManager();
        GradientMode enabled = GradientMode.enable()) {
      NDArray crops = TensorValues.of(scope, batch.pixels(), new Shape(all, 1, SIDE, SIDE));
      NDArray labels =
          TensorValues.of(scope, batch.points(), new Shape(faces, DenseLandmarks.POINTS, 2));
      LandmarkNet.Outputs<NDArray> outputs = net.forward(crops, true);
      NDArray found =
          outputs.landmarks().get(new NDIndex().addSliceDim(0, faces)).reshape(labels.getShape());
      NDArray offset = found.sub(labels);
      NDArray distance =
          TensorValues.times(
              offset.mul(offset).sum(new int[] {2}).add(ROUNDED).sqrt().mean(), PERCENT);
      NDArray entropy = entropy(outputs.scores(), faces, all);
      NDArray total = distance.add(entropy);
      Map<String, Float> losses = new LinkedHashMap<>();
      losses.put("distance", distance.getFloat());
      losses.put("entropy", entropy.getFloat());
      losses.put("total", total.getFloat());
      for (Map.Entry<String, Float> loss : losses.entrySet()) {
        if (!Float.isFinite(loss.getValue())) {
          throw new NonFiniteLossException(
              step, loss.getKey(), loss.getValue(), List.of("the whole batch"));
        }
      }
      GradientMode.backward(total);
      adam.step(step);
      return losses;
    }
  }

  /**
   * Cross-entropy of scores whose first are of faces: {@code softplus(-s)} and {@code softplus(s)}.
   */
  private static NDArray entropy(NDArray scores, int faces, int all) {
    NDArray ofFaces = scores.get(new NDIndex().addSliceDim(0, faces));
    NDArray ofBackgrounds = scores.get(new NDIndex().addSliceDim(faces, all));
    return Activation.softPlus(ofFaces.neg()).mean().add(Activation.softPlus(ofBackgrounds).mean());
  }

  /** Frees the moments. */
  @Override
  public void close() {
    manager.close();
  }
}
