package io.framewarden.trainer.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** What operations do to shapes (n, channels, h, w). Stateless. */
public class ShapeOperations implements Operations<Shape> {

  @Override
  public Shape input(GrayInput input, Shape faces) {
    return new Shape(faces.get(0), input.channels(), input.side(), input.side());
  }

  @Override
  public Shape convolution(ConvUnit unit, Shape x) {
    require(x.get(1) == unit.inputs(), "A unit of %d channels does not take %s", unit.inputs(), x);
    int padding = unit.padding() + unit.paddingAfter();
    return windows(x, unit.outputs(), unit.kernel(), unit.stride(), padding);
  }

  @Override
  public Shape dense(Dense layer, Shape x) {
    boolean fits = x.dimension() == 2 && x.get(1) == layer.inputs();
    require(fits, "A layer of %d inputs does not take %s", layer.inputs(), x);
    return new Shape(x.get(0), layer.outputs());
  }

  @Override
  public Shape nonlinearity(Nonlinearity kind, Shape x) {
    return x;
  }

  @Override
  public Shape prelu(PRelu layer, Shape x) {
    return x;
  }

  @Override
  public Shape enlarge(Enlargement layer, Shape x) {
    boolean fits = x.get(1) == layer.inputs();
    require(fits, "An enlargement of %d channels does not take %s", layer.inputs(), x);
    return new Shape(x.get(0), layer.outputs(), 2 * x.get(2), 2 * x.get(3));
  }

  @Override
  public Shape maxPool(MaxPool pool, Shape x) {
    return windows(x, x.get(1), pool.kernel(), pool.stride(), 2 * pool.padding());
  }

  @Override
  public Shape globalAverage(Shape x) {
    return new Shape(x.get(0), x.get(1), 1, 1);
  }

  @Override
  public Shape globalMax(Shape x) {
    return globalAverage(x);
  }

  @Override
  public Shape globalSum(Shape x) {
    return globalAverage(x);
  }

  @Override
  public Shape channelAverage(Shape x) {
    return withChannels(x, 1);
  }

  @Override
  public Shape channelMax(Shape x) {
    return withChannels(x, 1);
  }

  @Override
  public Shape topMean(Shape x, int count) {
    return new Shape(x.get(0), 1);
  }

  @Override
  public Shape add(Shape left, Shape right) {
    require(left.equals(right), "Shapes %s and %s differ", left, right);
    return left;
  }

  @Override
  public Shape subtract(Shape left, Shape right) {
    return add(left, right);
  }

  @Override
  public Shape multiply(Shape left, Shape right) {
    long[] sizes = left.getShape().clone();
    for (int i = 0; i < sizes.length; i++) {
      boolean fits = sizes[i] == right.get(i) || sizes[i] == 1 || right.get(i) == 1;
      require(fits, "No product of %s and %s", left, right);
      sizes[i] = Math.max(sizes[i], right.get(i));
    }
    return new Shape(sizes);
  }

  @Override
  public Shape scale(Shape x, double factor) {
    return x;
  }

  @Override
  public Shape ones(Shape x) {
    return x;
  }

  @Override
  public Shape concat(List<Shape> parts) {
    return withChannels(parts.get(0), parts.stream().mapToLong(part -> part.get(1)).sum());
  }

  @Override
  public Shape flatten(Shape x) {
    return new Shape(x.get(0), x.get(1) * x.get(2) * x.get(3));
  }

  @Override
  public Shape squeeze(Shape x) {
    return x.slice(0, 1).addAll(x.slice(2));
  }

  @Override
  public Shape sliceChannels(Shape x, int from, int to) {
    return withChannels(x, to - from);
  }

  @Override
  public Shape frequencyBands(FrequencyBands layer, Shape gray) {
    return withChannels(gray, layer.outputs());
  }

  @Override
  public Shape localFrequencies(LocalFrequencies layer, Shape gray) {
    int padding = 2 * LocalFrequencies.PADDING;
    int window = LocalFrequencies.WINDOW;
    return windows(gray, layer.outputs(), window, LocalFrequencies.STRIDE, padding);
  }

  private static void require(boolean fits, String refusal, Object... values) {
    if (!fits) {
      throw new IllegalArgumentException(refusal.formatted(values));
    }
  }

  private static Shape withChannels(Shape x, long channels) {
    return new Shape(x.get(0), channels, x.get(2), x.get(3));
  }

  /** With so many zeros on both sides together. */
  private static Shape windows(Shape x, long channels, int kernel, int stride, int padding) {
    long height = (x.get(2) + padding - kernel) / stride + 1;
    long width = (x.get(3) + padding - kernel) / stride + 1;
    return new Shape(x.get(0), channels, height, width);
  }
}
