package io.framewarden.trainer.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** What operations do to shapes (n, channels, h, w). */
class ShapeOperations implements Operations<Shape> {

  @Override
  public Shape input(GrayInput input, Shape faces) {
    return withChannels(faces, input.channels());
  }

  @Override
  public Shape convolution(ConvUnit unit, Shape x) {
    if (x.get(1) != unit.inputs()) {
      throw new IllegalArgumentException(
          "A unit of %d channels does not take %s".formatted(unit.inputs(), x));
    }
    return windows(x, unit.outputs(), unit.kernel(), unit.stride(), unit.padding());
  }

  @Override
  public Shape nonlinearity(Nonlinearity kind, Shape x) {
    return x;
  }

  @Override
  public Shape maximum(MaxPool pool, Shape x) {
    return windows(x, x.get(1), pool.kernel(), pool.stride(), pool.padding());
  }

  @Override
  public Shape average(Shape x) {
    return new Shape(x.get(0), x.get(1), 1, 1);
  }

  @Override
  public Shape sum(Shape left, Shape right) {
    if (!left.equals(right)) {
      throw new IllegalArgumentException("No sum of " + left + " and " + right);
    }
    return left;
  }

  @Override
  public Shape gated(Shape x, Shape gates) {
    return x;
  }

  @Override
  public Shape concatenation(List<Shape> parts) {
    return withChannels(parts.get(0), parts.stream().mapToLong(part -> part.get(1)).sum());
  }

  @Override
  public Shape channels(Shape x, int from, int to) {
    return withChannels(x, to - from);
  }

  @Override
  public Shape bands(FrequencyBands layer, Shape gray) {
    return withChannels(gray, layer.outputs());
  }

  @Override
  public Shape localFrequencies(LocalFrequencies layer, Shape gray) {
    return windows(
        gray,
        layer.outputs(),
        LocalFrequencies.WINDOW,
        LocalFrequencies.STRIDE,
        LocalFrequencies.PADDING);
  }

  private static Shape withChannels(Shape x, long channels) {
    return new Shape(x.get(0), channels, x.get(2), x.get(3));
  }

  private static Shape windows(Shape x, long channels, int kernel, int stride, int padding) {
    return new Shape(
        x.get(0),
        channels,
        (x.get(2) + 2L * padding - kernel) / stride + 1,
        (x.get(3) + 2L * padding - kernel) / stride + 1);
  }
}
