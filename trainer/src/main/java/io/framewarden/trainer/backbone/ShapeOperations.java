package io.framewarden.trainer.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** What operations do to shapes (n, channels, h, w). */
class ShapeOperations implements Operations<Shape> {

  @Override
  public Shape input(GrayInput input, Shape faces) {
    return new Shape(faces.get(0), input.channels(), input.side(), input.side());
  }

  @Override
  public Shape convolution(ConvUnit unit, Shape x) {
    if (x.get(1) != unit.inputs()) {
      throw new IllegalArgumentException(
          "A unit of %d channels does not take %s".formatted(unit.inputs(), x));
    }
    int padding = unit.padding() + unit.paddingAfter();
    return windows(x, unit.outputs(), unit.kernel(), unit.stride(), padding);
  }

  @Override
  public Shape dense(Dense layer, Shape x) {
    if (x.dimension() != 2 || x.get(1) != layer.inputs()) {
      throw new IllegalArgumentException(
          "A layer of %d inputs does not take %s".formatted(layer.inputs(), x));
    }
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
    if (!left.equals(right)) {
      throw new IllegalArgumentException("Shapes " + left + " and " + right + " differ");
    }
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
      if (sizes[i] != right.get(i) && sizes[i] != 1 && right.get(i) != 1) {
        throw new IllegalArgumentException("No product of " + left + " and " + right);
      }
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
    return windows(
        gray,
        layer.outputs(),
        LocalFrequencies.WINDOW,
        LocalFrequencies.STRIDE,
        2 * LocalFrequencies.PADDING);
  }

  private static Shape withChannels(Shape x, long channels) {
    return new Shape(x.get(0), channels, x.get(2), x.get(3));
  }

  /** With so many zeros on both sides together. */
  private static Shape windows(Shape x, long channels, int kernel, int stride, int padding) {
    return new Shape(
        x.get(0),
        channels,
        (x.get(2) + padding - kernel) / stride + 1,
        (x.get(3) + padding - kernel) / stride + 1);
  }
}
