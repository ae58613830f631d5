package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.Backbone;
import io.framewarden.trainer.backbone.BatchNormMode;
import io.framewarden.trainer.backbone.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * A feature map whose backbone was run without a record, so that only what lies between two of its
 * layers is kept (gradient checkpointing; Chen, Xu, Zhang, Guestrin: Training Deep Nets with
 * Sublinear Memory Cost, 2016). On the way back each layer is computed again, recorded this time,
 * and handed the gradient of its output: one more forward pass for a fraction of the memory. The
 * gradients are the same numbers; running statistics are gathered by the first pass alone.
 *
 * <p>The arrays belong to the manager of the faces that went in.
 */
public final class CheckpointedFeatures {

  private final ParameterStore store;
  private final List<Layer> layers;

  /** The output of each layer. */
  private final List<NDArray> boundaries = new ArrayList<>();

  private CheckpointedFeatures(ParameterStore store, List<Layer> layers) {
    this.store = store;
    this.layers = layers;
  }

  /** The forward pass, with batch statistics. */
  static CheckpointedFeatures of(Backbone backbone, ParameterStore store, NDArray faces) {
    CheckpointedFeatures pass = new CheckpointedFeatures(store, backbone.layers());
    try (GradientMode disabled = GradientMode.disable()) {
      NDArray x = faces;
      for (Layer layer : pass.layers) {
        x = Backbone.run(layer, store, x, BatchNormMode.TRAINING);
        pass.boundaries.add(x);
      }
    }
    pass.features().setRequiresGradient(true);
    return pass;
  }

  /** I_X, as if it were the network's input. */
  NDArray features() {
    return boundaries.get(boundaries.size() - 1);
  }

  /**
   * Takes the gradient that a loss left on the features through the backbone, and frees what was
   * kept. Once only.
   */
  void backward() {
    NDArray gradient = features().getGradient();
    // Layer 0 is the fixed input layer: neither it nor what it gives has a gradient.
    for (int i = layers.size() - 1; i > 0; i--) {
      NDArray x = boundaries.get(i - 1);
      x.setRequiresGradient(i > 1);
      try (NDArray y = Backbone.run(layers.get(i), store, x, BatchNormMode.RECOMPUTATION)) {
        GradientMode.backward(y, gradient);
      }
      gradient.close();
      boundaries.get(i).close();
      gradient = i > 1 ? x.getGradient() : null;
    }
    boundaries.clear();
  }
}
