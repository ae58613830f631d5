package io.framewarden.trainer.backbone;

import java.util.List;

/**
 * The operations that backbones and heads are made of, on values of any kind. A layer describes
 * itself once, as calls on this interface; arrays make that a forward pass, shapes a count of the
 * costs, and names of ONNX values an exported graph. A value stands for maps (n, channels, h, w)
 * unless an operation says otherwise.
 *
 * @param <V> what is computed with
 */
public interface Operations<V> {

  /** Gray faces (n, 1, side, side) through the fixed first layer. */
  V input(GrayInput input, V faces);

  /** Convolution, bias and batch normalisation, as far as the unit has them; no nonlinearity. */
  V convolution(ConvUnit unit, V x);

  /** A fully connected layer: vectors (n, inputs) to (n, outputs). */
  V dense(Dense layer, V x);

  /** A nonlinearity without parameters on every element of any shape. */
  V nonlinearity(Nonlinearity kind, V x);

  /** {@code max(0, x) + a min(0, x)} with the layer's slope on every element of any shape. */
  V prelu(PRelu layer, V x);

  /** Maps of twice the side: (n, outputs, 2 h, 2 w). */
  V enlarge(Enlargement layer, V x);

  /** The maximum of each window. */
  V maxPool(MaxPool pool, V x);

  /** The average of each channel: (n, channels, 1, 1). */
  V globalAverage(V x);

  /** The maximum of each channel: (n, channels, 1, 1). */
  V globalMax(V x);

  /** The sum of each channel: (n, channels, 1, 1). */
  V globalSum(V x);

  /** The average over the channels of each place: (n, 1, h, w). */
  V channelAverage(V x);

  /** The maximum over the channels of each place: (n, 1, h, w). */
  V channelMax(V x);

  /** The mean of the {@code count} greatest values of one channel: (n, 1, h, w) to (n, 1). */
  V topMean(V x, int count);

  /** Element-wise sum of two values of the same shape. */
  V add(V left, V right);

  /** Element-wise difference of two values of the same shape. */
  V subtract(V left, V right);

  /**
   * Element-wise product; a dimension of 1 is repeated, so that one operand may have one value a
   * channel (n, c, 1, 1) or a place (n, 1, h, w).
   */
  V multiply(V left, V right);

  /** Every element times a number that is not learnt. */
  V scale(V x, double factor);

  /** A value of 1 for each element of {@code x}. */
  V ones(V x);

  /** Channels of all, first to last. */
  V concat(List<V> parts);

  /** The channels of {@code x} from {@code from} to before {@code to}. */
  V sliceChannels(V x, int from, int to);

  /** Each face's map as one vector: (n, channels h w). */
  V flatten(V x);

  /** Drops the second dimension, of size 1: (n, 1, ...) to (n, ...). */
  V squeeze(V x);

  /** One gray channel as images of its frequency bands. */
  V frequencyBands(FrequencyBands layer, V gray);

  /** Statistics of the frequencies of each window of one gray channel. */
  V localFrequencies(LocalFrequencies layer, V gray);
}
