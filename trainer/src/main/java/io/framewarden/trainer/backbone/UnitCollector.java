package io.framewarden.trainer.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** Gathers the convolutions of a description, in the order in which a face passes them. */
final class UnitCollector extends ShapeOperations {

  private final List<ConvUnit> units = new ArrayList<>();

  @Override
  public Shape convolution(ConvUnit unit, Shape x) {
    units.add(unit);
    return super.convolution(unit, x);
  }

  List<ConvUnit> units() {
    return units;
  }
}
