package io.framewarden.trainer.resynthesis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.Cost;
import io.framewarden.trainer.backbone.Enlargement;
import io.framewarden.trainer.backbone.GrayInput;
import io.framewarden.trainer.backbone.NamedLayer;
import io.framewarden.trainer.backbone.Nonlinearity;
import io.framewarden.trainer.backbone.Normalization;
import io.framewarden.trainer.backbone.Operations;
import io.framewarden.trainer.backbone.PyTorch;
import io.framewarden.trainer.backbone.Sequential;
import io.framewarden.trainer.backbone.TensorOperations;
import io.framewarden.trainer.did.WeightInitializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A convolutional network while it is trained: an autoencoder, or the critic of one. Owns its
 * parameters' native memory until it is closed. Used by one thread at a time.
 */
final class AutoencoderNet implements AutoCloseable {
  /** Channels of the encoder's maps, from half of the side on. */
  private static final int[] ENCODER = {16, 32, 48, 64};

  /** Channels of the decoder's maps, from the whole side on. */
  private static final int[] DECODER = {8, 20, 40, 48, 64};

  /** Channels of the critic's maps, from half of the side on. */
  private static final int[] CRITIC = {16, 32, 48};

  private final NDManager manager = PyTorch.manager(ai.djl.Device.cpu());
  private final ParameterStore store = new ParameterStore(manager, false);
  private final GrayInput input;
  private final Sequential layers;
  private final int side;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private AutoencoderNet(List<NamedLayer> layers, int side, long seed) {
    this.input = new GrayInput(false, GrayInput.Scale.SYMMETRIC, side);
    this.layers = new Sequential(layers);
    this.side = side;
    this.layers.initialize(manager, DataType.FLOAT32, new Shape(1, 1, side, side));
    this.layers.getParameters().forEach(p -> parameters.put(p.getKey(), p.getValue()));
    WeightInitializer.fill(parameters, this::gain, seed);
  }

  /** The initializer takes the outputs of a transposed convolution for what comes in. */
  private double gain(String path) {
    Shape shape = parameters.get(path).getShape();
    boolean transposed = shape.get(2) == Enlargement.KERNEL;
    return transposed ? Math.sqrt(4.0 * shape.get(1) / shape.get(0)) : 1;
  }

  /** An autoencoder with weights drawn from a seed. */
  static AutoencoderNet create(AutoencoderShape shape, long seed) {
    int side = shape.side();
    List<NamedLayer> layers = new ArrayList<>();
    int channels = 1;
    for (int level = 0; level < shape.halvings(); level++) {
      layers.add(new NamedLayer("half", unit(channels, ENCODER[level], 3, 2)));
      channels = ENCODER[level];
    }
    layers.add(new NamedLayer("code", ConvUnit.of(channels, shape.channels(), 1).biased().build()));
    channels = DECODER[shape.halvings()];
    layers.add(new NamedLayer("decode", unit(shape.channels(), channels, 1, 1)));
    for (int level = shape.halvings() - 1; level >= 0; level--) {
      enlarge(layers, shape.enlargement(), channels, DECODER[level]);
      channels = DECODER[level];
    }
    layers.add(new NamedLayer("gray", ConvUnit.of(channels, 1, 3).biased().build()));
    return new AutoencoderNet(layers, side, seed);
  }

  private static void enlarge(
      List<NamedLayer> layers, Enlargement.Kind kind, int inputs, int outputs) {
    switch (kind) {
      case TRANSPOSED -> {
        layers.add(new NamedLayer("twice", Enlargement.transposed(inputs, outputs)));
        layers.add(new NamedLayer("unit", norm(outputs)));
      }
      case SHUFFLE -> {
        layers.add(new NamedLayer("unit", unit(inputs, 4 * outputs, 3, 1)));
        layers.add(new NamedLayer("twice", Enlargement.fixed(kind, outputs)));
      }
      default -> {
        layers.add(new NamedLayer("twice", Enlargement.fixed(kind, inputs)));
        layers.add(new NamedLayer("unit", unit(inputs, outputs, 3, 1)));
      }
    }
  }

  /** A critic of squares: (n, 1, side / 8, side / 8), higher where a photograph is seen. */
  static AutoencoderNet critic(int side, long seed) {
    List<NamedLayer> layers = new ArrayList<>();
    int channels = 1;
    for (int outputs : CRITIC) {
      ConvUnit.Builder half = ConvUnit.of(channels, outputs, 3).stride(2).biased();
      layers.add(new NamedLayer("half", half.then(Nonlinearity.RELU).build()));
      channels = outputs;
    }
    layers.add(new NamedLayer("real", ConvUnit.of(channels, 1, 3).biased().build()));
    return new AutoencoderNet(layers, side, seed);
  }

  /** What keeps a transposed convolution's values apart: without it they all die out. */
  private static ConvUnit norm(int channels) {
    return ConvUnit.of(channels, channels, 1)
        .depthwise()
        .normalized(Normalization.STANDARD)
        .then(Nonlinearity.RELU)
        .build();
  }

  private static ConvUnit unit(int inputs, int outputs, int kernel, int stride) {
    return ConvUnit.of(inputs, outputs, kernel)
        .stride(stride)
        .normalized(Normalization.STANDARD)
        .then(Nonlinearity.RELU)
        .build();
  }

  /** What the network computes of squares (n, 1, side, side), gray 0..255. */
  <V> V describe(Operations<V> operations, V squares) {
    return layers.describe(operations, input.describe(operations, squares));
  }

  /** What a trained network makes of squares; the result belongs to their manager. */
  NDArray apply(NDArray squares) {
    return describe(TensorOperations.of(store, false), squares);
  }

  /**
   * A forward pass of training.
   *
   * @param parts of squares, of any side that can be halved so often, gray -1..1
   */
  NDArray learn(NDArray parts) {
    return layers.describe(TensorOperations.of(store, true), parts);
  }

  /** What the network costs for one square. */
  Cost cost() {
    return Cost.of(List.of(layers), new Shape(1, 1, side, side));
  }

  /** Every parameter and running statistic by its path, in a fixed order. */
  Map<String, Parameter> parameters() {
    return parameters;
  }

  /** The manager that the parameters belong to. */
  NDManager manager() {
    return manager;
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    manager.close();
  }
}
