package io.framewarden.trainer.onnx;

import static io.framewarden.trainer.onnx.GraphWriter.number;
import static io.framewarden.trainer.onnx.GraphWriter.numbers;

import io.framewarden.trainer.backbone.Backbone;
import io.framewarden.trainer.backbone.BasicBlock;
import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.GrayInput;
import io.framewarden.trainer.backbone.ResNet;
import java.util.List;

/** Writes the backbone G, its input layer included. */
final class BackboneGraph {

  private final GraphWriter graph;

  BackboneGraph(GraphWriter graph) {
    this.graph = graph;
  }

  /**
   * Adds the backbone.
   *
   * @return the feature map's name
   * @throws IllegalArgumentException for a backbone that this class cannot write
   */
  String add(Backbone backbone, String faces) {
    if (backbone instanceof ResNet network) {
      return residual(network, faces);
    }
    throw new IllegalArgumentException(
        "No ONNX graph is known for a backbone of " + backbone.getClass());
  }

  private String residual(ResNet network, String faces) {
    String x = relu(unit(network.stem(), input(network.input(), faces)));
    x =
        graph.node(
            "MaxPool",
            List.of(x),
            numbers("kernel_shape", 3, 3),
            numbers("strides", 2, 2),
            numbers("pads", 1, 1, 1, 1));
    for (BasicBlock block : network.blocks()) {
      String residue = unit(block.second(), relu(unit(block.first(), x)));
      String direct = block.shortcut().isPresent() ? unit(block.shortcut().get(), x) : x;
      x = relu(graph.node("Add", List.of(residue, direct)));
    }
    return x;
  }

  private String input(GrayInput input, String faces) {
    String scaled = graph.node("Div", List.of(faces, constant(GrayInput.GRAY_SCALE)));
    String gray = graph.node("Sub", List.of(scaled, constant(1f)));
    if (!input.highPass()) {
      return gray;
    }
    long side = GrayInput.MEAN_SIDE;
    long padding = side / 2;
    String mean =
        graph.node(
            "AveragePool",
            List.of(faces),
            numbers("kernel_shape", side, side),
            numbers("strides", 1, 1),
            numbers("pads", padding, padding, padding, padding),
            number("count_include_pad", 0));
    String residue = graph.node("Sub", List.of(faces, mean));
    String high = graph.node("Div", List.of(residue, constant(GrayInput.RESIDUE_SCALE)));
    return graph.node("Concat", List.of(gray, high), number("axis", 1));
  }

  private String constant(float value) {
    return graph.floats(new float[] {value});
  }

  private String unit(ConvUnit unit, String x) {
    FoldedUnit folded = FoldedUnit.of(unit);
    long kernel = unit.kernel();
    long padding = kernel / 2;
    return graph.node(
        "Conv",
        List.of(
            x,
            graph.floats(folded.weights(), unit.weight().getShape().getShape()),
            graph.floats(folded.bias(), folded.bias().length)),
        numbers("kernel_shape", kernel, kernel),
        numbers("strides", unit.stride(), unit.stride()),
        numbers("pads", padding, padding, padding, padding));
  }

  private String relu(String x) {
    return graph.node("Relu", List.of(x));
  }
}
