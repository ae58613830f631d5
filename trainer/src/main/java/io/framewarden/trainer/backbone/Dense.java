package io.framewarden.trainer.backbone;

import ai.djl.nn.Parameter;

/** A fully connected layer with bias: vectors (n, inputs) to (n, outputs). */
public final class Dense extends Layer {

  private final int inputs;
  private final int outputs;
  private final Parameter weight;
  private final Parameter bias;

  /** A layer whose parameters are still to be initialised. */
  public Dense(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    weight = parameter("weight", Parameter.Type.WEIGHT, outputs, inputs);
    bias = parameter("bias", Parameter.Type.BIAS, outputs);
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    return operations.dense(this, x);
  }

  /** Width of the vectors that come in. */
  public int inputs() {
    return inputs;
  }

  /** Width of the vectors that go out. */
  public int outputs() {
    return outputs;
  }

  /** Weights (outputs, inputs). */
  public Parameter weight() {
    return weight;
  }

  /** Bias (outputs). */
  public Parameter bias() {
    return bias;
  }
}
