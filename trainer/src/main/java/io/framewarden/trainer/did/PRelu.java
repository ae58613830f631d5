package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import io.framewarden.trainer.backbone.Layer;

/**
 * {@code max(0, x) + a min(0, x)} with one learnt slope a, 0.25 at first. Written out because the
 * engine's own version cannot be differentiated.
 */
public final class PRelu extends Layer {

  private static final float FIRST_SLOPE = 0.25f;

  private final Parameter slope;

  /** An activation whose slope is still to be initialised. */
  public PRelu() {
    slope =
        addParameter(
            Parameter.builder()
                .setName("slope")
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(1))
                .optInitializer(new ConstantInitializer(FIRST_SLOPE))
                .build());
  }

  @Override
  protected NDArray compute(ParameterStore store, NDArray x, boolean training) {
    NDArray positive = Activation.relu(x);
    NDArray a = store.getValue(slope, x.getDevice(), training);
    return positive.add(x.sub(positive).mul(a));
  }

  @Override
  protected Shape outputShape(Shape input) {
    return input;
  }

  /** The slope (1). */
  public Parameter slope() {
    return slope;
  }
}
