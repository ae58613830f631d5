package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The backbone G with parameters theta: float faces (n, 1, s, s) with gray values 0..255 and any
 * side to the feature map I_X (n, channels, side / stride, side / stride). Normalisation happens
 * inside, so that the exported graph takes the pipeline's bytes as they are.
 */
public final class Backbone extends Layer {

  private static final int STRIDE = 32;
  private static final int DETAIL_STRIDE = 16;

  private final BackboneKind kind;
  private final GrayInput input;
  private final Architecture architecture;
  private final int side;
  private final boolean narrowed;
  private final List<Layer> layers = new ArrayList<>();

  /** The last layer whose map has the detail's stride; every architecture has one. */
  private Layer detailed;

  private int detailChannels;

  /**
   * What a backbone computes.
   *
   * @param features I_X, (n, channels, side / stride, side / stride)
   * @param detail the last map of half that stride; null where nobody asked for it
   */
  public record Maps<V>(V features, V detail) {}

  /**
   * A backbone with its parameters still to be initialised.
   *
   * @param width factor on the channels where the kind can be scaled; each stage has at least 4
   * @param features channels of the feature map; 0 for as many as were published
   * @param highPass whether the input layer adds its high-pass channel
   * @param side pixels that faces are brought to, a multiple of 32
   */
  public Backbone(BackboneKind kind, double width, int features, boolean highPass, int side) {
    kind.checkWidth(width);
    kind.checkFeatures(features);
    this.kind = kind;
    this.side = side;
    narrowed = features > 0;
    input = addChildBlock("input", new GrayInput(highPass, kind.scale(), side));
    layers.add(input);
    architecture = kind.describe(new Architecture.Input(input.channels(), width, features, side));
    for (NamedLayer named : architecture.layers()) {
      Layer layer = named.layer();
      // One without parameters leaves no trace in the names of a checkpoint.
      layers.add(layer.getParameters().isEmpty() ? layer : addChildBlock(named.name(), layer));
    }
    findDetail();
  }

  private void findDetail() {
    Shape shape = new Shape(1, 1, side, side);
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
      if (shape.get(2) == detailSide()) {
        detailed = layer;
        detailChannels = Math.toIntExact(shape.get(1));
      }
    }
  }

  @Override
  public <V> V describe(Operations<V> operations, V faces) {
    return maps(operations, faces).features();
  }

  /** The description, with the detail where there is such a map. */
  public <V> Maps<V> maps(Operations<V> operations, V faces) {
    V x = faces;
    V detail = null;
    for (Layer layer : layers) {
      x = layer.describe(operations, x);
      detail = layer == detailed ? x : detail;
    }
    return new Maps<>(x, detail);
  }

  /** Side of the detail's map. */
  public int detailSide() {
    return side / DETAIL_STRIDE;
  }

  /** Channels of the detail's map. */
  public int detailChannels() {
    return detailChannels;
  }

  /** The description, but for an inference what each layer computed is freed after the next. */
  @Override
  protected NDArray compute(ParameterStore store, NDArray faces, boolean training) {
    if (training) {
      // The backward pass needs most of it anyway; giving it back bit by bit only costs time.
      return super.compute(store, faces, true);
    }
    return inferred(store, faces, false).features();
  }

  /**
   * The training pass.
   *
   * @param frozen whether running statistics are used and stay, in place of the batch's
   * @param rounding whether it computes in bfloat16; what comes out is float32 all the same
   */
  public Maps<NDArray> trained(
      ParameterStore store, NDArray faces, boolean frozen, boolean rounding) {
    BatchNormMode pass = frozen ? BatchNormMode.FROZEN : BatchNormMode.TRAINING;
    Maps<NDArray> maps = maps(new TensorOperations(store, pass, rounding), faces);
    return new Maps<>(restored(maps.features(), rounding), restored(maps.detail(), rounding));
  }

  private static NDArray restored(NDArray map, boolean rounded) {
    return Script.CONTIGUOUS.of(rounded ? Script.FLOAT32.of(map) : map);
  }

  /** The inference pass, with running statistics; frees what is not asked for. */
  public Maps<NDArray> inferred(ParameterStore store, NDArray faces, boolean withDetail) {
    NDArray x = faces;
    NDArray detail = null;
    for (Layer layer : layers) {
      NDArray next = run(layer, store, x, BatchNormMode.INFERENCE);
      if (x != faces && x != detail) {
        x.close();
      }
      x = next;
      detail = withDetail && layer == detailed ? x : detail;
    }
    return new Maps<>(x, detail);
  }

  /**
   * Runs one layer, and gives up what it computed on the way: a recorded pass keeps by itself what
   * its backward pass needs, and without a record nothing needs it.
   *
   * @param x stays its manager's, to which the result belongs too
   */
  public static NDArray run(Layer layer, ParameterStore store, NDArray x, BatchNormMode pass) {
    NDManager owner = x.getManager();
    try (NDManager scope = owner.newSubManager()) {
      x.attach(scope);
      try {
        NDArray result = layer.describe(new TensorOperations(store, pass), x);
        result.attach(owner);
        return result;
      } finally {
        x.attach(owner);
      }
    }
  }

  /** The layers, the fixed input layer first. */
  public List<Layer> layers() {
    return List.copyOf(layers);
  }

  /** Every convolution, in the order in which a face passes them. */
  public List<ConvUnit> units() {
    UnitCollector collector = new UnitCollector();
    describe(collector, new Shape(1, 1, side, side));
    return collector.units();
  }

  /** What the backbone costs for one face. */
  public Cost cost() {
    return Cost.of(layers, new Shape(1, 1, side, side));
  }

  /** The architecture's name. */
  public BackboneKind kind() {
    return kind;
  }

  /** Channels of the feature map. */
  public int channels() {
    return architecture.channels();
  }

  /** Whether the feature map has the first of the published channels only. */
  public boolean isNarrowed() {
    return narrowed;
  }

  /** How many pixels of the face, in each direction, one cell of the feature map stands for. */
  public int stride() {
    return STRIDE;
  }

  /** Beginnings of the names of what published files have after the feature map. */
  public List<String> publishedHead() {
    return architecture.head();
  }
}
