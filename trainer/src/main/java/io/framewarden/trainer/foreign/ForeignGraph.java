package io.framewarden.trainer.foreign;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import io.framewarden.trainer.publish.PublishException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somebody else's ONNX file: which of its inputs takes faces and which of its outputs judges them.
 * Immutable.
 *
 * @param file where it was read, for messages
 * @param model with all weights in it
 * @param input takes faces, NCHW, of a type of floating point
 * @param output judges them
 */
record ForeignGraph(Path file, ModelProto model, ValueInfoProto input, ValueInfoProto output) {
  /** Operators that broadcast as they do today, which those around the graph need. */
  private static final int MIN_OPSET = 8;

  /** Pass a value on as it is, in another shape perhaps. */
  private static final Set<String> PASSING =
      Set.of("Identity", "Squeeze", "Unsqueeze", "Flatten", "Reshape");

  /**
   * Reads a file.
   *
   * @param inputName which input takes faces; null for the only one
   * @param outputName which output judges them; null for the only one
   * @throws PublishException naming the file, what is wrong with it and the remedy
   */
  static ForeignGraph read(Path file, String inputName, String outputName) throws IOException {
    ModelProto model = new GraphRewrite(name -> name, new ExternalData(file)).apply(parse(file));
    GraphProto graph = model.getGraph();
    Set<String> constants =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(in -> !constants.contains(in.getName())).toList();
    ForeignGraph read =
        new ForeignGraph(
            file,
            model,
            choose(file, "input", inputs, inputName),
            choose(file, "output", graph.getOutputList(), outputName));
    if (inputs.size() > 1) {
      throw read.refused(
          "takes more than faces: "
              + names(inputs)
              + "; export it with the others as constants, so that faces are its one input");
    }
    if (read.opset() < MIN_OPSET) {
      throw read.refused(
          "opset " + read.opset() + " is too old; export it again with opset_version=17");
    }
    return read;
  }

  private static ModelProto parse(Path file) throws IOException {
    try {
      // Newer versions of the format may say in fields of their own what GraphRewrite leaves out.
      ModelProto model =
          DiscardUnknownFieldsParser.wrap(ModelProto.parser()).parseFrom(Files.readAllBytes(file));
      if (model.getGraph().getNodeCount() > 0 && model.getOpsetImportCount() > 0) {
        return model;
      }
    } catch (NoSuchFileException e) {
      throw new PublishException(file + ": there is no such file");
    } catch (InvalidProtocolBufferException e) {
      // Said below, as of a file that is another message.
    }
    throw new PublishException(
        file
            + ": is no ONNX model; export one, e.g. with torch.onnx.export, and name its .onnx"
            + " file");
  }

  private static ValueInfoProto choose(
      Path file, String what, List<ValueInfoProto> values, String name) {
    Optional<ValueInfoProto> found =
        values.stream()
            .filter(value -> name == null ? values.size() == 1 : value.getName().equals(name))
            .findFirst();
    return found.orElseThrow(
        () ->
            new PublishException(
                "%s: %s; choose one of its %ss with --%s-name: %s"
                    .formatted(
                        file,
                        name == null
                            ? "has " + values.size() + " " + what + "s"
                            : "has no " + what + " named " + name,
                        what,
                        what,
                        names(values))));
  }

  private static String names(List<ValueInfoProto> values) {
    return values.stream().map(ValueInfoProto::getName).collect(Collectors.joining(", "));
  }

  /** The version of the standard operators. */
  long opset() {
    return model.getOpsetImportList().stream()
        .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
        .mapToLong(OperatorSetIdProto::getVersion)
        .max()
        .orElse(0);
  }

  /** Faces in a batch, where the graph fixes their number; else 0. */
  int fixedBatch() {
    return (int) Math.max(0, shape().getDimCount() == 0 ? 0 : shape().getDim(0).getDimValue());
  }

  /** The dimensions of the input. */
  TensorShapeProto shape() {
    return input.getType().getTensorType().getShape();
  }

  /**
   * What goes into the last operator, where that is one of these.
   *
   * @param operators e.g. Sigmoid
   */
  Optional<String> before(Set<String> operators) {
    String value = output.getName();
    List<NodeProto> nodes = model.getGraph().getNodeList();
    for (int i = nodes.size() - 1; i >= 0; i--) { // sorted: a value's node is before its users
      NodeProto node = nodes.get(i);
      if (node.getOutputList().contains(value) && node.getDomain().isEmpty()) {
        if (operators.contains(node.getOpType())) {
          return Optional.of(node.getInput(0));
        }
        value = PASSING.contains(node.getOpType()) ? node.getInput(0) : "";
      }
    }
    return Optional.empty();
  }

  /** A refusal that names the file. */
  PublishException refused(String why) {
    return new PublishException(file + ": " + why);
  }
}
