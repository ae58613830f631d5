package io.framewarden.trainer.foreign;

import io.framewarden.schemas.model.FaceShape;
import io.framewarden.trainer.publish.PublishException;
import io.framewarden.v1.PixelFormat;
import java.util.List;

/**
 * What pixels a foreign graph was trained on: {@code (value / range - mean) / std}, for each of its
 * channels.
 *
 * @param order of its channels
 * @param mean one for all channels, or one for each in the graph's order
 * @param std likewise, none of them 0
 * @param range what 255 stands for in mean and std: 1, or 255
 */
public record InputSpec(Order order, List<Double> mean, List<Double> std, int range) {

  /** The order of a graph's channels; the names are those that a user types. */
  public enum Order {
    rgb(PixelFormat.RGB8),
    bgr(PixelFormat.RGB8),
    gray(PixelFormat.GRAY8);

    private final PixelFormat format;

    Order(PixelFormat format) {
      this.format = format;
    }
  }

  public InputSpec {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    int channels = order == Order.gray ? 1 : 3;
    if (range != 1 && range != 255) {
      throw new PublishException("--pixel-range is 1 or 255, not " + range);
    }
    for (List<Double> values : List.of(mean, std)) {
      if (values.size() != 1 && values.size() != channels) {
        throw new PublishException(
            "--mean and --std have one number, or one for each of the %d channels of --input %s"
                .formatted(channels, order));
      }
    }
    if (range == 1 && mean.stream().anyMatch(value -> Math.abs(value) > 1)) {
      throw new PublishException(
          "--mean %s is beyond pixels from 0 to 1; where the graph takes pixels from 0 to 255, say"
                  .formatted(mean)
              + " --pixel-range 255");
    }
    if (std.stream().anyMatch(value -> !(value > 0))) {
      throw new PublishException("--std is above 0, not " + std);
    }
  }

  /** The faces that are extracted for the graph. */
  FaceShape shape(int side) {
    return new FaceShape(side, side, order.format);
  }

  int channels() {
    return order == Order.gray ? 1 : 3;
  }

  /** By which values from 0 to 255 are multiplied, for each channel of the graph. */
  float[] scale() {
    float[] scale = new float[channels()];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = (float) (1 / (of(std, i) * 255 / range));
    }
    return scale;
  }

  /** What is then added. */
  float[] offset() {
    float[] offset = new float[channels()];
    for (int i = 0; i < offset.length; i++) {
      offset[i] = (float) (-of(mean, i) / of(std, i));
    }
    return offset;
  }

  /** Which channel of a face frame each of the graph's is. */
  int[] sources() {
    return switch (order) {
      case rgb -> new int[] {0, 1, 2};
      case bgr -> new int[] {2, 1, 0};
      case gray -> new int[] {0};
    };
  }

  /**
   * A face as the graph takes it, computed in plain doubles: what the nodes before the graph are
   * held against.
   *
   * @return channel after channel, row-major
   */
  float[] prepare(byte[] face) {
    int channels = channels();
    int pixels = face.length / channels;
    float[] prepared = new float[face.length];
    for (int channel = 0; channel < channels; channel++) {
      int source = sources()[channel];
      for (int i = 0; i < pixels; i++) {
        double value = (face[i * channels + source] & 0xff) * (double) range / 255;
        prepared[channel * pixels + i] = (float) ((value - of(mean, channel)) / of(std, channel));
      }
    }
    return prepared;
  }

  private static double of(List<Double> values, int channel) {
    return values.get(values.size() == 1 ? 0 : channel);
  }

  /** As in {@code bgr, mean [0.5], std [0.5]}. */
  @Override
  public String toString() {
    return order
        + ", mean "
        + mean
        + ", std "
        + std
        + (range == 1 ? "" : ", of pixels to " + range);
  }
}
