package io.framewarden.trainer.backbone;

import java.util.List;

/**
 * The operations that backbones are made of, on values of any kind. A layer describes itself once,
 * as calls on this interface; arrays make that a forward pass, shapes a count of the costs, and
 * names of ONNX values an exported graph. Every value stands for maps (n, channels, h, w).
 *
 * @param <V> what is computed with
 */
public interface Operations<V> {

  /** Gray faces (n, 1, side, side) through the fixed first layer. */
  V input(GrayInput input, V faces);

  /** Convolution, bias and batch normalisation, as far as the unit has them; no nonlinearity. */
  V convolution(ConvUnit unit, V x);

  /** A nonlinearity on every element. */
  V nonlinearity(Nonlinearity kind, V x);

  /** The maximum of each window. */
  V maximum(MaxPool pool, V x);

  /** The average of each channel: (n, channels, 1, 1). */
  V average(V x);

  /** Element-wise sum of two values of the same shape. */
  V sum(V left, V right);

  /** Product with gates of one value a channel (n, c, 1, 1) or a place (n, 1, h, w). */
  V gated(V x, V gates);

  /** Channels of all, first to last. */
  V concatenation(List<V> parts);

  /** The channels of {@code x} from {@code from} to before {@code to}. */
  V channels(V x, int from, int to);

  /** One gray channel as images of its frequency bands. */
  V bands(FrequencyBands layer, V gray);

  /** Statistics of the frequencies of each window of one gray channel. */
  V localFrequencies(LocalFrequencies layer, V gray);
}
