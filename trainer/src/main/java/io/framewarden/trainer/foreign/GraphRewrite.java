package io.framewarden.trainer.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.function.UnaryOperator;

/**
 * Rewrites a graph with all graphs inside it: the names of its values, and its constant tensors.
 * What is only a hint is left out: shapes of values in between, documentation, and metadata, in
 * which exporters note the paths of their machine's files. Immutable.
 *
 * @param names from an old name to a new one; the empty name, of an optional input, is kept
 * @param tensors from an old tensor to a new one
 */
record GraphRewrite(UnaryOperator<String> names, UnaryOperator<TensorProto> tensors) {

  /** Puts a prefix before every name. */
  static GraphRewrite prefixed(String prefix) {
    return new GraphRewrite(name -> prefix + name, tensor -> tensor);
  }

  /** A model as it is run: what it can be trained by is left out. */
  ModelProto apply(ModelProto model) {
    ModelProto.Builder rewritten =
        model.toBuilder()
            .clearDocString()
            .clearMetadataProps()
            .clearTrainingInfo()
            .setGraph(apply(model.getGraph()));
    for (int i = 0; i < model.getFunctionsCount(); i++) {
      rewritten.setFunctions(i, apply(model.getFunctions(i)));
    }
    return rewritten.build();
  }

  GraphProto apply(GraphProto graph) {
    GraphProto.Builder rewritten = GraphProto.newBuilder().setName(graph.getName());
    for (NodeProto node : graph.getNodeList()) {
      rewritten.addNode(apply(node));
    }
    for (TensorProto tensor : graph.getInitializerList()) {
      rewritten.addInitializer(named(tensor));
    }
    for (SparseTensorProto tensor : graph.getSparseInitializerList()) {
      rewritten.addSparseInitializer(tensor.toBuilder().setValues(named(tensor.getValues())));
    }
    for (ValueInfoProto value : graph.getInputList()) {
      rewritten.addInput(named(value));
    }
    for (ValueInfoProto value : graph.getOutputList()) {
      rewritten.addOutput(named(value));
    }
    return rewritten.build();
  }

  /** The new name of a value. */
  String name(String old) {
    return old.isEmpty() ? old : names.apply(old);
  }

  private TensorProto named(TensorProto tensor) {
    return apply(tensor).toBuilder().setName(name(tensor.getName())).build();
  }

  private TensorProto apply(TensorProto tensor) {
    return tensors.apply(tensor).toBuilder().clearDocString().clearMetadataProps().build();
  }

  private ValueInfoProto named(ValueInfoProto value) {
    return ValueInfoProto.newBuilder()
        .setName(name(value.getName()))
        .setType(value.getType())
        .build();
  }

  /** Names inside of a function are its own, and stay. */
  private FunctionProto apply(FunctionProto function) {
    GraphRewrite inside = new GraphRewrite(UnaryOperator.identity(), tensors);
    FunctionProto.Builder rewritten =
        function.toBuilder().clearDocString().clearMetadataProps().clearValueInfo().clearNode();
    function.getNodeList().forEach(node -> rewritten.addNode(inside.apply(node)));
    return rewritten.build();
  }

  private NodeProto apply(NodeProto node) {
    NodeProto.Builder rewritten =
        node.toBuilder()
            .clearInput()
            .clearOutput()
            .clearAttribute()
            .clearDocString()
            .clearMetadataProps();
    rewritten.setName(name(node.getName()));
    node.getInputList().forEach(input -> rewritten.addInput(name(input)));
    node.getOutputList().forEach(output -> rewritten.addOutput(name(output)));
    node.getAttributeList().forEach(attribute -> rewritten.addAttribute(apply(attribute)));
    return rewritten.build();
  }

  private AttributeProto apply(AttributeProto attribute) {
    AttributeProto.Builder rewritten = attribute.toBuilder().clearDocString();
    if (attribute.hasT()) {
      rewritten.setT(apply(attribute.getT()));
    }
    if (attribute.hasG()) {
      rewritten.setG(apply(attribute.getG()));
    }
    for (int i = 0; i < attribute.getGraphsCount(); i++) {
      rewritten.setGraphs(i, apply(attribute.getGraphs(i)));
    }
    return rewritten.build();
  }
}
