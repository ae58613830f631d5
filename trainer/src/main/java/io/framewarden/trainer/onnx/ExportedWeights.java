package io.framewarden.trainer.onnx;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.framewarden.trainer.backbone.Backbone;
import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.ConvUnit.BatchNormParameters;
import io.framewarden.trainer.backbone.Dense;
import io.framewarden.trainer.backbone.PRelu;
import io.framewarden.trainer.backbone.ShapeOperations;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.TensorValues;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The weights of a graph that {@link OnnxExporter} wrote, for a network to be trained further: it
 * computes what the graph does, at any side. Batch normalisation was folded into the convolutions;
 * it gets a mean of 0, a variance of 1, and as its scale the norm of each output's weights, so that
 * the weights are of the size that an optimiser expects. What a graph does not hold, that is T,
 * A_dom, C_bar and a mask head, keeps its first weights.
 */
public final class ExportedWeights extends ShapeOperations {
  private static final Set<String> WITH_WEIGHTS = Set.of("Conv", "Gemm", "PRelu");

  private final Path file;
  private final Map<String, TensorProto> tensors;
  private final Deque<NodeProto> nodes;

  /** Side of the graph's attention map. */
  private final double mapSide;

  /** The last convolution that was read. */
  private ConvUnit last;

  private ExportedWeights(Path file, GraphProto graph) {
    this.file = file;
    tensors =
        graph.getInitializerList().stream()
            .collect(Collectors.toMap(TensorProto::getName, Function.identity()));
    nodes =
        graph.getNodeList().stream()
            .filter(node -> WITH_WEIGHTS.contains(node.getOpType()))
            .collect(Collectors.toCollection(ArrayDeque::new));
    mapSide =
        graph.getOutputList().stream()
            .filter(output -> output.getName().equals(OnnxExporter.ATTENTION))
            .mapToLong(
                output -> output.getType().getTensorType().getShape().getDim(1).getDimValue())
            .findFirst()
            .orElseThrow(() -> unfit("has no output " + OnnxExporter.ATTENTION));
  }

  /**
   * Gives a network a graph's weights.
   *
   * @param network of the graph's architecture; its side may be another
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the graph is not of the network's architecture, or the
   *     network would normalise by the statistics of its batches, which a graph does not hold
   */
  public static void load(Path file, DidNetwork network) throws IOException {
    if (!network.config().frozenStatistics()) {
      throw new IllegalArgumentException(
          file + ": a graph holds no batch statistics; set network.frozen-statistics: true");
    }
    ModelProto model;
    try {
      model = ModelProto.parseFrom(Files.readAllBytes(file));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(file + ": is no ONNX graph", e);
    }
    ExportedWeights weights = new ExportedWeights(file, model.getGraph());
    Backbone backbone = network.backbone();
    int side = network.config().side();
    network.describeInference(weights, backbone.maps(weights, new Shape(1, 1, side, side)));
    if (!weights.nodes.isEmpty()) {
      throw weights.unfit("has %d layers more".formatted(weights.nodes.size()));
    }
  }

  @Override
  public Shape convolution(ConvUnit unit, Shape x) {
    NodeProto node = next("Conv");
    float[] weights = values(node, 1, unit.weight());
    float[] bias = new float[unit.outputs()];
    if (node.getInputCount() > 2) {
      bias = values(node, 2, new long[] {unit.outputs()});
    }
    if (unit.norm().isPresent()) {
      BatchNormParameters norm = unit.norm().get();
      replace(norm.gamma(), normalise(weights, unit.outputs(), norm.settings().epsilon()));
      replace(norm.beta(), bias);
      replace(norm.mean(), new float[bias.length]);
      float[] ones = new float[bias.length];
      Arrays.fill(ones, 1);
      replace(norm.variance(), ones);
      unit.bias().ifPresent(own -> replace(own, new float[own.getArray().toFloatArray().length]));
    } else if (unit.bias().isPresent()) {
      replace(unit.bias().get(), bias);
    }
    replace(unit.weight(), weights);
    last = unit;
    return super.convolution(unit, x);
  }

  /** Divides each output's weights by their norm, and gives the scales that make up for it. */
  private static float[] normalise(float[] weights, int outputs, float epsilon) {
    double spread = Math.sqrt(1 + (double) epsilon);
    float[] scales = new float[outputs];
    int each = weights.length / outputs;
    for (int output = 0; output < outputs; output++) {
      double squares = 0;
      for (int i = output * each; i < (output + 1) * each; i++) {
        squares += (double) weights[i] * weights[i];
      }
      double norm = squares > 0 ? Math.sqrt(squares) : 1;
      scales[output] = (float) (norm * spread);
      for (int i = output * each; i < (output + 1) * each; i++) {
        weights[i] = (float) (weights[i] / norm);
      }
    }
    return scales;
  }

  @Override
  public Shape dense(Dense layer, Shape x) {
    NodeProto node = next("Gemm");
    replace(layer.weight(), values(node, 1, layer.weight()));
    replace(layer.bias(), values(node, 2, layer.bias()));
    return super.dense(layer, x);
  }

  @Override
  public Shape prelu(PRelu layer, Shape x) {
    replace(layer.slope(), values(next("PRelu"), 1, layer.slope()));
    return super.prelu(layer, x);
  }

  /** A sum over more places is larger: what is summed is made smaller by as much. */
  @Override
  public Shape globalSum(Shape x) {
    float factor = (float) (mapSide * mapSide / (x.get(2) * x.get(3)));
    if (factor != 1) {
      scale(last.weight(), factor);
      last.bias().ifPresent(bias -> scale(bias, factor));
    }
    return super.globalSum(x);
  }

  private NodeProto next(String type) {
    NodeProto node = nodes.poll();
    if (node == null || !node.getOpType().equals(type)) {
      throw unfit(
          "has %s where the network has a %s"
              .formatted(node == null ? "nothing" : "a " + node.getOpType(), type));
    }
    return node;
  }

  private float[] values(NodeProto node, int input, Parameter parameter) {
    return values(node, input, parameter.getShape().getShape());
  }

  private float[] values(NodeProto node, int input, long[] shape) {
    TensorProto tensor = tensors.get(node.getInput(input));
    long[] own =
        tensor == null
            ? new long[0]
            : tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    if (!Arrays.equals(own, shape)) {
      throw unfit(
          "has weights %s where the network has %s"
              .formatted(Arrays.toString(own), Arrays.toString(shape)));
    }
    float[] values = new float[Math.toIntExact(new Shape(shape).size())];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private IllegalArgumentException unfit(String how) {
    return new IllegalArgumentException(
        "%s: is not a graph of the recipe's network: it %s".formatted(file, how));
  }

  private static void scale(Parameter parameter, float factor) {
    float[] values = parameter.getArray().toFloatArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    replace(parameter, values);
  }

  private static void replace(Parameter parameter, float[] values) {
    TensorValues.replace(parameter.getArray(), values);
  }
}
