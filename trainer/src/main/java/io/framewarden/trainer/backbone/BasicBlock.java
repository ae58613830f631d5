package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import java.util.Optional;

/**
 * A residual block of two 3x3 units: {@code relu(second(relu(first(x))) + shortcut(x))}. The
 * shortcut is the identity, or a 1x1 unit where the size or the channels change.
 */
public final class BasicBlock extends Layer {

  private final ConvUnit first;
  private final ConvUnit second;
  private final Optional<ConvUnit> shortcut;

  /** A block whose first unit has the stride. */
  public BasicBlock(int inputs, int outputs, int stride) {
    first = addChildBlock("first", new ConvUnit(inputs, outputs, 3, stride));
    second = addChildBlock("second", new ConvUnit(outputs, outputs, 3, 1));
    shortcut =
        stride == 1 && inputs == outputs
            ? Optional.empty()
            : Optional.of(addChildBlock("shortcut", new ConvUnit(inputs, outputs, 1, stride)));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    first.initialize(manager, type, inputs[0]);
    second.initialize(manager, type, first.outputShape(inputs[0]));
    shortcut.ifPresent(unit -> unit.initialize(manager, type, inputs[0]));
  }

  @Override
  protected NDArray compute(ParameterStore store, NDArray x, boolean training) {
    NDArray inner = Activation.relu(first.apply(store, x, training));
    NDArray residue = second.apply(store, inner, training);
    NDArray direct = shortcut.isPresent() ? shortcut.get().apply(store, x, training) : x;
    return Activation.relu(residue.add(direct));
  }

  @Override
  protected Shape outputShape(Shape input) {
    return first.outputShape(input);
  }

  /** The unit that sees the block's input. */
  public ConvUnit first() {
    return first;
  }

  /** The unit after it. */
  public ConvUnit second() {
    return second;
  }

  /** The 1x1 unit of the direct path, where it is not the identity. */
  public Optional<ConvUnit> shortcut() {
    return shortcut;
  }
}
