package io.framewarden.trainer.onnx;

import static io.framewarden.trainer.onnx.GraphWriter.number;
import static io.framewarden.trainer.onnx.GraphWriter.numbers;
import static io.framewarden.trainer.onnx.GraphWriter.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.Dense;
import io.framewarden.trainer.backbone.Enlargement;
import io.framewarden.trainer.backbone.FaceScaling;
import io.framewarden.trainer.backbone.FrequencyBands;
import io.framewarden.trainer.backbone.GrayInput;
import io.framewarden.trainer.backbone.LocalFrequencies;
import io.framewarden.trainer.backbone.MaxPool;
import io.framewarden.trainer.backbone.Nonlinearity;
import io.framewarden.trainer.backbone.Operations;
import io.framewarden.trainer.backbone.PRelu;
import java.util.List;

/** The exported graph: writes each operation as nodes; a value is the name of an output. */
final class OnnxOperations implements Operations<String> {

  private final GraphWriter graph;
  private final int faceSide;

  /**
   * @param faceSide side of the faces that the graph takes, in pixels
   */
  OnnxOperations(GraphWriter graph, int faceSide) {
    this.graph = graph;
    this.faceSide = faceSide;
  }

  @Override
  public String input(GrayInput input, String given) {
    String faces = faceSide == input.side() ? given : scaled(given, input.side());
    String divided = graph.node("Div", List.of(faces, constant(input.scale().divisor())));
    String gray = graph.node("Sub", List.of(divided, constant(input.scale().shift())));
    if (!input.highPass()) {
      return gray;
    }
    long side = GrayInput.MEAN_SIDE;
    String mean =
        graph.node(
            "AveragePool",
            List.of(faces),
            numbers("kernel_shape", side, side),
            numbers("strides", 1, 1),
            padding(side / 2),
            number("count_include_pad", 0));
    String residue = graph.node("Sub", List.of(faces, mean));
    String high = graph.node("Div", List.of(residue, constant(GrayInput.RESIDUE_SCALE)));
    return concat(List.of(gray, high));
  }

  private String scaled(String faces, int to) {
    String matrix = graph.floats(FaceScaling.matrix(faceSide, to), faceSide, to);
    String narrow = transpose(graph.node("MatMul", List.of(faces, matrix)), 0, 1, 3, 2);
    return transpose(graph.node("MatMul", List.of(narrow, matrix)), 0, 1, 3, 2);
  }

  private String constant(float value) {
    return graph.floats(new float[] {value});
  }

  private static AttributeProto padding(long pixels) {
    return numbers("pads", pixels, pixels, pixels, pixels);
  }

  @Override
  public String convolution(ConvUnit unit, String x) {
    FoldedUnit folded = FoldedUnit.of(unit);
    return graph.node(
        "Conv",
        List.of(
            x,
            graph.floats(folded.weights(), unit.weight().getShape().getShape()),
            graph.floats(folded.bias(), folded.bias().length)),
        numbers("kernel_shape", unit.kernel(), unit.kernel()),
        numbers("strides", unit.stride(), unit.stride()),
        numbers("pads", unit.padding(), unit.padding(), unit.paddingAfter(), unit.paddingAfter()),
        number("group", unit.groups()));
  }

  @Override
  public String dense(Dense layer, String x) {
    return graph.node(
        "Gemm",
        List.of(x, graph.parameter(layer.weight()), graph.parameter(layer.bias())),
        number("transB", 1));
  }

  @Override
  public String nonlinearity(Nonlinearity kind, String x) {
    return switch (kind) {
      case NONE -> x;
      case RELU -> graph.node("Relu", List.of(x));
      case RELU6 -> graph.node("Clip", List.of(x, constant(0f), constant(6f)));
      case SILU -> graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(x))));
      case SIGMOID -> graph.node("Sigmoid", List.of(x));
    };
  }

  @Override
  public String prelu(PRelu layer, String x) {
    return graph.node("PRelu", List.of(x, graph.parameter(layer.slope())));
  }

  @Override
  public String enlarge(Enlargement layer, String x) {
    return switch (layer.kind()) {
      case TRANSPOSED ->
          graph.node(
              "ConvTranspose",
              List.of(
                  x,
                  graph.parameter(layer.weight().orElseThrow()),
                  graph.parameter(layer.bias().orElseThrow())),
              numbers("kernel_shape", Enlargement.KERNEL, Enlargement.KERNEL),
              numbers("strides", 2, 2),
              padding(1));
      case SHUFFLE ->
          graph.node("DepthToSpace", List.of(x), number("blocksize", 2), text("mode", "CRD"));
      case NEAREST ->
          resize(
              x,
              text("mode", "nearest"),
              text("coordinate_transformation_mode", "asymmetric"),
              text("nearest_mode", "floor"));
      case BILINEAR -> resize(x, text("mode", "linear"));
    };
  }

  private String resize(String x, AttributeProto... how) {
    return graph.node("Resize", List.of(x, "", graph.floats(new float[] {1, 1, 2, 2}, 4)), how);
  }

  @Override
  public String maxPool(MaxPool pool, String x) {
    return graph.node(
        "MaxPool",
        List.of(x),
        numbers("kernel_shape", pool.kernel(), pool.kernel()),
        numbers("strides", pool.stride(), pool.stride()),
        padding(pool.padding()));
  }

  @Override
  public String globalAverage(String x) {
    return graph.node("GlobalAveragePool", List.of(x));
  }

  @Override
  public String globalMax(String x) {
    return graph.node("GlobalMaxPool", List.of(x));
  }

  @Override
  public String globalSum(String x) {
    // The axes of ReduceSum are an input since opset 13, those of the other reductions are not yet.
    return graph.node("ReduceSum", List.of(x, graph.integers(2, 3)), number("keepdims", 1));
  }

  @Override
  public String channelAverage(String x) {
    return graph.node("ReduceMean", List.of(x), numbers("axes", 1), number("keepdims", 1));
  }

  @Override
  public String channelMax(String x) {
    return graph.node("ReduceMax", List.of(x), numbers("axes", 1), number("keepdims", 1));
  }

  @Override
  public String topMean(String x, int count) {
    List<String> inputs = List.of(flatten(x), graph.integers(count));
    String top = graph.node("TopK", List.of("_places"), inputs, number("axis", 1));
    return graph.node("ReduceMean", List.of(top), numbers("axes", 1), number("keepdims", 1));
  }

  @Override
  public String add(String left, String right) {
    return graph.node("Add", List.of(left, right));
  }

  @Override
  public String subtract(String left, String right) {
    return graph.node("Sub", List.of(left, right));
  }

  @Override
  public String multiply(String left, String right) {
    return graph.node("Mul", List.of(left, right));
  }

  @Override
  public String scale(String x, double factor) {
    return graph.node("Mul", List.of(x, constant((float) factor)));
  }

  @Override
  public String ones(String x) {
    return add(subtract(x, x), graph.floats(new float[] {1}, 1));
  }

  @Override
  public String concat(List<String> parts) {
    return graph.node("Concat", parts, number("axis", 1));
  }

  @Override
  public String flatten(String x) {
    return graph.node("Flatten", List.of(x), number("axis", 1));
  }

  @Override
  public String squeeze(String x) {
    return graph.node("Squeeze", List.of(x, graph.integers(1)));
  }

  @Override
  public String sliceChannels(String x, int from, int to) {
    return graph.node(
        "Slice", List.of(x, graph.integers(from), graph.integers(to), graph.integers(1)));
  }

  /** As {@link FrequencyBands} computes them, with the learnt filters added to the fixed ones. */
  @Override
  public String frequencyBands(FrequencyBands layer, String gray) {
    int side = layer.side();
    String inverse = graph.floats(layer.cosines(), side, side);
    String forward = transpose(inverse, 1, 0);
    String across = graph.node("MatMul", List.of(gray, forward));
    String spectrum = graph.node("MatMul", List.of(transpose(across, 0, 1, 3, 2), forward));
    float[] filters = SquashedFilters.of(layer.base(), layer.learnt());
    String selected =
        graph.node("Mul", List.of(spectrum, graph.floats(filters, 1, layer.outputs(), side, side)));
    String back = graph.node("MatMul", List.of(selected, inverse));
    return graph.node("MatMul", List.of(transpose(back, 0, 1, 3, 2), inverse));
  }

  private String transpose(String x, long... order) {
    return graph.node("Transpose", List.of(x), numbers("perm", order));
  }

  @Override
  public String localFrequencies(LocalFrequencies layer, String gray) {
    long coefficients = LocalFrequencies.COEFFICIENTS;
    long window = LocalFrequencies.WINDOW;
    String spectrum =
        graph.node(
            "Conv",
            List.of(gray, graph.floats(layer.kernels(), coefficients, 1, window, window)),
            numbers("kernel_shape", window, window),
            numbers("strides", LocalFrequencies.STRIDE, LocalFrequencies.STRIDE),
            padding(LocalFrequencies.PADDING));
    float[] weights = SquashedFilters.of(layer.base(), layer.learnt());
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.abs(weights[i]);
    }
    String sums =
        graph.node(
            "Conv",
            List.of(
                graph.node("Abs", List.of(spectrum)),
                graph.floats(weights, layer.outputs(), coefficients, 1, 1)),
            numbers("kernel_shape", 1, 1));
    String raised = graph.node("Add", List.of(sums, constant(LocalFrequencies.FLOOR)));
    return graph.node(
        "Div", List.of(graph.node("Log", List.of(raised)), constant((float) Math.log(10))));
  }
}
