package io.framewarden.trainer.backbone;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;

/** {@code max(0, x) + a min(0, x)} with one learnt slope a, 0.25 at first. */
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
  public <V> V describe(Operations<V> operations, V x) {
    return operations.prelu(this, x);
  }

  /** The slope (1). */
  public Parameter slope() {
    return slope;
  }
}
