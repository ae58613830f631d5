package io.framewarden.trainer.foreign;

import static io.framewarden.trainer.onnx.GraphWriter.number;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.framewarden.trainer.onnx.GraphWriter;
import io.framewarden.trainer.onnx.OnnxExporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A foreign graph between nodes of ours: faces of 0..255 go in as engines give them, a logit comes
 * out. Only operators are used that mean the same in every opset from 8 on, as the graph keeps its
 * own. It has no attention, so its map is one cell of 1.
 *
 * @param foreign the graph
 * @param input what pixels it takes
 * @param side of its faces, in pixels
 * @param output what its values mean
 * @param values how many it gives a face
 * @param probabilities whether they are probabilities
 */
record WrappedGraph(
    ForeignGraph foreign,
    InputSpec input,
    int side,
    OutputKind output,
    int values,
    boolean probabilities) {
  /** Probabilities nearer to 0 or 1 say no more than this one: a logit of 16. */
  private static final float MIN_PROBABILITY = 1e-7f;

  /** Inputs may leave out constants since this version of the format. */
  private static final long MIN_IR_VERSION = 4;

  /**
   * The whole model.
   *
   * @param oneByOne whether the graph can judge only one face at a time, so that the faces of a
   *     batch are given to it one after another
   */
  ModelProto model(boolean oneByOne) {
    GraphWriter graph = new GraphWriter();
    graph.input(OnnxExporter.INPUT, -1, input.channels(), side, side);
    String prepared = prepare(graph, OnnxExporter.INPUT);
    String judged = oneByOne ? scan(graph, prepared) : judge(graph, prepared);
    String logit = graph.node("Reshape", List.of(judged, graph.integers(-1)));
    graph.output(logit, OnnxExporter.LOGIT, -1);
    String nothing = graph.node("Sub", List.of(logit, logit));
    String ones = graph.node("Add", List.of(nothing, graph.floats(new float[] {1}, 1)));
    String map = graph.node("Reshape", List.of(ones, graph.integers(-1, 1, 1)));
    graph.output(map, OnnxExporter.ATTENTION, -1, 1, 1);
    return foreign.model().toBuilder()
        .setIrVersion(Math.max(MIN_IR_VERSION, foreign.model().getIrVersion()))
        .setGraph(graph.build("imported"))
        .build();
  }

  private String prepare(GraphWriter graph, String faces) {
    String ordered = faces;
    if (input.order() == InputSpec.Order.bgr) {
      ordered = graph.node("Gather", List.of(faces, graph.integers(2, 1, 0)), number("axis", 1));
    }
    int channels = input.channels();
    String scaled =
        graph.node("Mul", List.of(ordered, graph.floats(input.scale(), 1, channels, 1, 1)));
    return graph.node("Add", List.of(scaled, graph.floats(input.offset(), 1, channels, 1, 1)));
  }

  /** The nodes from prepared faces to a logit for each. */
  private String judge(GraphWriter graph, String prepared) {
    String cast = prepared;
    int type = foreign.input().getType().getTensorType().getElemType();
    if (type != TensorProto.DataType.FLOAT_VALUE) {
      cast = graph.node("Cast", List.of(prepared), number("to", type));
    }
    String given = cast;
    String taken = foreign.input().getName();
    GraphRewrite names =
        new GraphRewrite(name -> name.equals(taken) ? given : "imported/" + name, tensor -> tensor);
    graph.inline(names.apply(foreign.model().getGraph()));
    Optional<String> logits = foreign.before(output.type().operators());
    String answer = names.name(logits.orElse(foreign.output().getName()));
    String floats =
        graph.node("Cast", List.of(answer), number("to", TensorProto.DataType.FLOAT_VALUE));
    String rows = graph.node("Reshape", List.of(floats, graph.integers(-1, values)));
    String logit =
        probabilities && logits.isEmpty()
            ? logitOf(graph, column(graph, rows, output.index()))
            : margin(graph, rows);
    return output.negated() ? graph.node("Neg", List.of(logit)) : logit;
  }

  private static String logitOf(GraphWriter graph, String fake) {
    String one = graph.floats(new float[] {1}, 1);
    String real = graph.node("Sub", List.of(one, fake));
    return graph.node("Sub", List.of(logarithm(graph, fake), logarithm(graph, real)));
  }

  private static String logarithm(GraphWriter graph, String probability) {
    String least = graph.floats(new float[] {MIN_PROBABILITY}, 1);
    return graph.node("Log", List.of(graph.node("Max", List.of(probability, least))));
  }

  /** The logit of the fake class against all others: z_fake - log(sum of e^z over the others). */
  private String margin(GraphWriter graph, String rows) {
    String fake = column(graph, rows, output.index());
    List<String> others = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      if (i != output.index()) {
        others.add(column(graph, rows, i));
      }
    }
    if (others.isEmpty()) {
      return fake;
    }
    if (others.size() == 1) {
      return graph.node("Sub", List.of(fake, others.get(0)));
    }
    String highest = graph.node("Max", others);
    List<String> powers = new ArrayList<>();
    for (String other : others) {
      powers.add(graph.node("Exp", List.of(graph.node("Sub", List.of(other, highest)))));
    }
    String sum = graph.node("Log", List.of(graph.node("Sum", powers)));
    return graph.node("Sub", List.of(graph.node("Sub", List.of(fake, highest)), sum));
  }

  private static String column(GraphWriter graph, String rows, int index) {
    return graph.node("Gather", List.of(rows, graph.integers(index)), number("axis", 1));
  }

  /** One face after another, by a loop of the graph's own. */
  private String scan(GraphWriter graph, String prepared) {
    GraphWriter body = new GraphWriter("each/");
    body.input("each/face", input.channels(), side, side);
    String batch =
        body.node("Reshape", List.of("each/face", body.integers(1, input.channels(), side, side)));
    String logit = body.node("Reshape", List.of(judge(body, batch), body.integers(1)));
    body.output(logit, "each/logit", 1);
    return graph.node(
        "Scan", List.of(prepared), graphOf(body.build("each")), number("num_scan_inputs", 1));
  }

  private static AttributeProto graphOf(GraphProto body) {
    return AttributeProto.newBuilder()
        .setName("body")
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(body)
        .build();
  }
}
