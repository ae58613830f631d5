package io.framewarden.trainer.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Small networks as other people export them: the means of the channels, weighted for each class,
 * and squashed or not. Each test changes what it is about.
 */
final class ForeignNets {
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

  /** The weight of channel c for class k. */
  static double weight(int k, int c) {
    return 0.5 * (k + 1) - 0.75 * c + 0.25 * k * c;
  }

  private final int channels;
  private final int classes;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<ValueInfoProto> outputs = new ArrayList<>();
  private String last;
  private String path = "";
  private int opset = 17;
  private int irVersion = 8;

  private ForeignNets(int channels, int classes, String input, TensorProto weights) {
    this.channels = channels;
    this.classes = classes;
    constants.add(weights);
    node("GlobalAveragePool", "means", input);
    node("Conv", "scores", "means", "weights");
  }

  /** A network of one input of that type and shape, where 0 is a free dimension. */
  static ForeignNets of(int classes, int type, long... shape) {
    int channels = (int) shape[1];
    ForeignNets net = new ForeignNets(channels, classes, "image", weights(channels, classes, 1));
    net.inputs.add(value("image", type, shape));
    return net;
  }

  /** The usual one: a free batch of floats. */
  static ForeignNets of(int channels, int classes, int side) {
    return of(classes, FLOAT, 0, channels, side, side);
  }

  /** With names that an artifact's graph uses itself. */
  static ForeignNets withOurNames(int channels, int side) {
    ForeignNets net = new ForeignNets(channels, 1, "faces", weights(channels, 1, 1));
    net.inputs.add(value("faces", FLOAT, 0, channels, side, side));
    net.node("Identity", "attention", net.last);
    return net.flat().output("logit");
  }

  private static TensorProto weights(int channels, int classes, double times) {
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName("weights")
            .setDataType(FLOAT)
            .addDims(classes)
            .addDims(channels)
            .addDims(1)
            .addDims(1);
    for (int k = 0; k < classes; k++) {
      for (int c = 0; c < channels; c++) {
        weights.addFloatData((float) (times * weight(k, c)));
      }
    }
    return weights.build();
  }

  /** From (N, classes, 1, 1) to (N, classes). */
  ForeignNets flat() {
    return node("Flatten", "flat", last);
  }

  /** The same by a shape that an exporter fixed for one face. */
  ForeignNets flatForOneFace() {
    constants.add(
        TensorProto.newBuilder()
            .setName("shape")
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(2)
            .addInt64Data(1)
            .addInt64Data(classes)
            .build());
    return node("Reshape", "flat", last, "shape");
  }

  /** Adds an operator on the last value. */
  ForeignNets then(String operator) {
    return node(operator, operator.toLowerCase(java.util.Locale.ROOT), last);
  }

  /** The sigmoid in parts, which nobody sees through. */
  ForeignNets thenSigmoidInParts() {
    constants.add(scalar("one", 1));
    return then("Neg").then("Exp").node("Add", "plus", last, "one").then("Reciprocal");
  }

  /** Adds something that only a broken network has. */
  ForeignNets timesNotANumber() {
    constants.add(scalar("nan", Float.NaN));
    return node("Mul", "broken", last, "nan");
  }

  ForeignNets alsoTakes(String name) {
    inputs.add(value(name, FLOAT, 1));
    return this;
  }

  /** Names the last value as an output. */
  ForeignNets output(String name) {
    nodes.add(built("Identity", name, last));
    outputs.add(value(name, FLOAT, 0, classes));
    return this;
  }

  ForeignNets opset(int version) {
    opset = version;
    return this;
  }

  /** Notes a path wherever exporters note something, also in a field that is newer than we are. */
  ForeignNets noting(String noted) {
    path = noted;
    return this;
  }

  /** As files of version 3 of the format have it: constants are inputs too. */
  ForeignNets withConstantsAsInputs() {
    irVersion = 3;
    opset = 8;
    for (TensorProto constant : constants) {
      inputs.add(
          value(
              constant.getName(),
              constant.getDataType(),
              constant.getDimsList().stream().mapToLong(Long::longValue).toArray()));
    }
    return this;
  }

  ForeignNets weightsIn(TensorProto external) {
    constants.set(0, external);
    return this;
  }

  /** The weights as bytes, for files of their own. */
  byte[] weightBytes() {
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.allocate(4 * classes * channels)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    constants.get(0).getFloatDataList().forEach(bytes::putFloat);
    return bytes.array();
  }

  TensorProto weightTensor() {
    return constants.get(0);
  }

  Path write(Path file) throws IOException {
    if (outputs.isEmpty()) {
      output("prediction");
    }
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("net")
            .addAllNode(nodes)
            .addAllInitializer(constants)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .build();
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(irVersion)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .setGraph(graph)
            .build();
    Files.write(file, (path.isEmpty() ? model : noted(model)).toByteArray());
    return file;
  }

  private ModelProto noted(ModelProto plain) {
    StringStringEntryProto note =
        StringStringEntryProto.newBuilder().setKey("stack_trace").setValue(path).build();
    UnknownFieldSet newer =
        UnknownFieldSet.newBuilder()
            .addField(
                900,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8(path))
                    .build())
            .build();
    ModelProto.Builder model = plain.toBuilder().setDocString(path).addMetadataProps(note);
    model.addTrainingInfoBuilder().getAlgorithmBuilder().setName(path);
    FunctionProto.Builder function = model.addFunctionsBuilder();
    function.setName("Twice").setDomain("theirs").addInput("x").addOutput("y").setDocString(path);
    function.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
    function.addNode(
        built("Add", "y", "x", "x").toBuilder().addMetadataProps(note).setUnknownFields(newer));
    GraphProto.Builder graph = model.getGraphBuilder().setDocString(path).addMetadataProps(note);
    graph
        .getNodeBuilderList()
        .forEach(node -> node.setDocString(path).addMetadataProps(note).setUnknownFields(newer));
    graph
        .getInitializerBuilderList()
        .forEach(tensor -> tensor.setDocString(path).addMetadataProps(note));
    graph
        .getInputBuilderList()
        .forEach(value -> value.setDocString(path).addMetadataProps(note).setUnknownFields(newer));
    return model.build();
  }

  private ForeignNets node(String operator, String output, String... taken) {
    nodes.add(built(operator, output, taken));
    last = output;
    return this;
  }

  private static NodeProto built(String operator, String output, String... taken) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output)
            .addAllInput(List.of(taken))
            .addOutput(output);
    if (operator.equals("Softmax")) {
      node.addAttribute(
          AttributeProto.newBuilder()
              .setName("axis")
              .setType(AttributeProto.AttributeType.INT)
              .setI(1));
    }
    return node.build();
  }

  private static TensorProto scalar(String name, float value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(FLOAT)
        .addDims(1)
        .addFloatData(value)
        .build();
  }

  private static ValueInfoProto value(String name, int type, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      shape.addDim(
          dim == 0
              ? Dimension.newBuilder().setDimParam("batch")
              : Dimension.newBuilder().setDimValue(dim));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }
}
