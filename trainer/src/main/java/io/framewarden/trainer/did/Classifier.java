package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.Layer;

/**
 * A classifier on a feature map (n, c, h, w): global average, Linear, ReLU, Linear, to (n, outputs)
 * raw logits. With one output it is C, the deepfake classifier; with k + 1 outputs it is C_bar, the
 * domain classifier (0 = real, 1..k = forgery methods).
 */
public final class Classifier extends Layer {

  private final int channels;
  private final int outputs;
  private final Dense first;
  private final Dense second;

  private Classifier(int channels, int hidden, int outputs) {
    this.channels = channels;
    this.outputs = outputs;
    first = addChildBlock("first", new Dense(channels, hidden));
    second = addChildBlock("second", new Dense(hidden, outputs));
  }

  /** C: one logit, the higher the more likely fake. */
  public static Classifier ofForgery(int channels, int hidden) {
    return new Classifier(channels, hidden, 1);
  }

  /** C_bar: one logit for real faces and one for each of k forgery methods. */
  public static Classifier ofDomains(int channels, int hidden, int domains) {
    return new Classifier(channels, hidden, domains);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape pooled = new Shape(inputs[0].get(0), channels);
    first.initialize(manager, type, pooled);
    second.initialize(manager, type, first.outputShape(pooled));
  }

  @Override
  protected NDArray compute(ParameterStore store, NDArray x, boolean training) {
    NDArray pooled = Pool.globalAvgPool2d(x).reshape(x.getShape().get(0), channels);
    NDArray inner = Activation.relu(first.apply(store, pooled, training));
    return second.apply(store, inner, training);
  }

  @Override
  protected Shape outputShape(Shape input) {
    return new Shape(input.get(0), outputs);
  }

  /** The layer on the pooled features. */
  public Dense first() {
    return first;
  }

  /** The layer that gives the logits. */
  public Dense second() {
    return second;
  }
}
