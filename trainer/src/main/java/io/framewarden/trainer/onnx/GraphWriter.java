package io.framewarden.trainer.onnx;

import ai.djl.nn.Parameter;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An ONNX graph under construction: each call adds a node and gives back the name of its output.
 * Used by one thread.
 */
public final class GraphWriter {

  /** Name of the free dimension, the faces in a batch. */
  static final String BATCH = "N";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final String prefix;
  private int names;

  /** A graph that stands alone. */
  public GraphWriter() {
    this("");
  }

  /**
   * A graph that may lie inside of another.
   *
   * @param prefix of the names that are given here
   */
  public GraphWriter(String prefix) {
    this.prefix = prefix;
  }

  /** Adds all nodes and constants of another graph, whose names must be others. */
  public void inline(GraphProto other) {
    graph.addAllNode(other.getNodeList());
    graph.addAllInitializer(other.getInitializerList());
    graph.addAllSparseInitializer(other.getSparseInitializerList());
  }

  /** The graph of everything that was added. */
  public GraphProto build(String name) {
    return graph.setName(name).build();
  }

  /** Declares a float input; a dimension of -1 is the batch. */
  public void input(String name, long... shape) {
    graph.addInput(value(name, shape));
  }

  /** Declares a value as a float output under a name of its own. */
  public void output(String value, String name, long... shape) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(value).addOutput(name));
    graph.addOutput(value(name, shape));
  }

  private static ValueInfoProto value(String name, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long size : shape) {
      TensorShapeProto.Dimension.Builder dimension = dimensions.addDimBuilder();
      if (size < 0) {
        dimension.setDimParam(BATCH);
      } else {
        dimension.setDimValue(size);
      }
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(dimensions)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Adds a node with one output. */
  public String node(String operator, List<String> inputs, AttributeProto... attributes) {
    return node(operator, List.of(), inputs, attributes);
  }

  /** Adds a node that has more outputs, by these suffixes, which nothing uses. */
  String node(
      String operator, List<String> unused, List<String> inputs, AttributeProto... attributes) {
    String output = prefix + operator + "_" + names++;
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes));
    unused.forEach(suffix -> node.addOutput(output + suffix));
    graph.addNode(node);
    return output;
  }

  /** Adds constant floats. */
  public String floats(float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(TensorProto.DataType.FLOAT_VALUE, bytes, shape);
  }

  /** Adds a learnt parameter as it is. */
  String parameter(Parameter parameter) {
    return floats(parameter.getArray().toFloatArray(), parameter.getShape().getShape());
  }

  /** Adds a constant vector of whole numbers. */
  public String integers(long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return constant(TensorProto.DataType.INT64_VALUE, bytes, values.length);
  }

  private String constant(int type, ByteBuffer bytes, long... shape) {
    String name = prefix + "constant_" + names++;
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type)
            .setRawData(ByteString.copyFrom(bytes));
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** A whole number as an attribute. */
  public static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto numbers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }
}
