package io.framewarden.trainer.onnx;

import static io.framewarden.trainer.onnx.GraphWriter.number;
import static io.framewarden.trainer.onnx.GraphWriter.numbers;

import io.framewarden.trainer.did.AttentionNetwork;
import io.framewarden.trainer.did.Classifier;
import io.framewarden.trainer.did.Conv;
import io.framewarden.trainer.did.ConvPRelu;
import io.framewarden.trainer.did.Dense;
import java.util.List;

/** Writes what comes after the backbone: the attention A_df and the classifier C. */
final class AttentionGraph {

  private final GraphWriter graph;

  AttentionGraph(GraphWriter graph) {
    this.graph = graph;
  }

  /** Adds an attention network and gives the name of its mask (N, c, h, w). */
  String attention(AttentionNetwork network, String features) {
    String where = spatialBranch(network, features);
    String which = channelBranch(network, features);
    return graph.node("Sigmoid", List.of(graph.node("Mul", List.of(where, which))));
  }

  /** Adds the mask of a network without attention, 1 for every cell of every face. */
  String everywhere(String features) {
    String nothing = graph.node("Sub", List.of(features, features));
    return graph.node("Add", List.of(nothing, graph.floats(new float[] {1}, 1)));
  }

  private String spatialBranch(AttentionNetwork network, String features) {
    String average =
        graph.node("ReduceMean", List.of(features), numbers("axes", 1), number("keepdims", 1));
    String maximum =
        graph.node("ReduceMax", List.of(features), numbers("axes", 1), number("keepdims", 1));
    String adaptive = convolution(network.channelAdaptive(), features);
    return convolution(network.spatial(), concatenated(average, maximum, adaptive));
  }

  private String channelBranch(AttentionNetwork network, String features) {
    String average = graph.node("GlobalAveragePool", List.of(features));
    String maximum = graph.node("GlobalMaxPool", List.of(features));
    String depthwise = convolution(network.spatialAdaptive(), features);
    // The axes of ReduceSum are an input since opset 13, those of the other reductions are not yet.
    String adaptive =
        graph.node("ReduceSum", List.of(depthwise, graph.integers(2, 3)), number("keepdims", 1));
    return convolution(network.channel(), concatenated(average, maximum, adaptive));
  }

  private String concatenated(String... parts) {
    return graph.node("Concat", List.of(parts), number("axis", 1));
  }

  private String convolution(ConvPRelu layer, String x) {
    Conv conv = layer.conv();
    long kernel = conv.kernel();
    long padding = kernel / 2;
    String convolved =
        graph.node(
            "Conv",
            List.of(x, graph.parameter(conv.weight()), graph.parameter(conv.bias())),
            numbers("kernel_shape", kernel, kernel),
            numbers("pads", padding, padding, padding, padding),
            number("group", conv.groups()));
    return graph.node("PRelu", List.of(convolved, graph.parameter(layer.activation().slope())));
  }

  /** Adds the classifier and gives the name of its logits (N). */
  String classifier(Classifier classifier, String features) {
    String pooled =
        graph.node(
            "Flatten",
            List.of(graph.node("GlobalAveragePool", List.of(features))),
            number("axis", 1));
    String inner = graph.node("Relu", List.of(dense(classifier.first(), pooled)));
    String logits = dense(classifier.second(), inner);
    return graph.node("Squeeze", List.of(logits, graph.integers(1)));
  }

  private String dense(Dense layer, String x) {
    return graph.node(
        "Gemm",
        List.of(x, graph.parameter(layer.weight()), graph.parameter(layer.bias())),
        number("transB", 1));
  }

  /** Adds the mean over channels of a mask and gives its name (N, h, w). */
  String evidence(String mask) {
    return graph.node("ReduceMean", List.of(mask), numbers("axes", 1), number("keepdims", 0));
  }
}
