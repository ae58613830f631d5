package io.framewarden.detector;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.v1.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A real ONNX graph that needs no training, with its whole artifact folder: a face is averaged in 7
 * x 7 cells, and the logit is a fixed weighted sum of them, so that bright faces are fake ones. The
 * golden logits are computed here in Java, not by the engine under test.
 */
public final class TinyModel {
  public static final int SIDE = 224;
  public static final FaceShape SHAPE = new FaceShape(SIDE, SIDE, PixelFormat.GRAY8);
  private static final int CELLS = 7;
  private static final int CELL = SIDE / CELLS;

  private TinyModel() {}

  /** Writes a sound artifact, whose training faces came from that extraction recipe. */
  public static ModelArtifact write(Path folder, String extractionDigest) throws IOException {
    List<byte[]> faces = List.of(plain(40), plain(220), noise(1), noise(2));
    double[] logits = faces.stream().mapToDouble(TinyModel::logit).toArray();
    return write(folder, extractionDigest, 0, faces, logits);
  }

  /** Writes an artifact whose graph adds {@code bias} to each logit, with any golden logits. */
  public static ModelArtifact write(
      Path folder, String extractionDigest, float bias, List<byte[]> faces, double[] logits)
      throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(ModelArtifact.MODEL), graph(bias).toByteArray());
    return ModelArtifact.write(folder, manifest(extractionDigest), faces, logits);
  }

  /** The logit of a gray face of 224 x 224, by the definition of this model. */
  public static double logit(byte[] face) {
    double[] cells = new double[CELLS * CELLS];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        cells[y / CELL * CELLS + x / CELL] += face[y * SIDE + x] & 0xff;
      }
    }
    double logit = 0;
    for (int i = 0; i < cells.length; i++) {
      logit += weight(i) * (cells[i] / (CELL * CELL) - 128) / 32;
    }
    return logit;
  }

  /** A face of one gray level, 0 to 255. */
  public static byte[] plain(int level) {
    byte[] face = new byte[SIDE * SIDE];
    java.util.Arrays.fill(face, (byte) level);
    return face;
  }

  /** A face of seeded noise. */
  public static byte[] noise(long seed) {
    byte[] face = new byte[SIDE * SIDE];
    new Random(seed).nextBytes(face);
    return face;
  }

  private static float weight(int cell) {
    return (float) (0.02 + 0.05 * Math.cos(cell));
  }

  private static ModelManifest manifest(String extractionDigest) {
    return ModelManifest.builder()
        .name("tiny")
        .version("1")
        .description("cell averages, for tests")
        .input(new ModelManifest.Input("faces", SIDE, SIDE))
        .extraction(extractionDigest, JsonNodeFactory.instance.objectNode())
        .calibration(Calibration.none())
        .operatingPoints(List.of(new ModelManifest.OperatingPoint("default", 0.5, 0.5)))
        .training(
            new ModelManifest.Training(
                "nothing", List.of(), List.of(), 0, 0, JsonNodeFactory.instance.objectNode()))
        .metrics(Map.of())
        .build();
  }

  private static ModelProto graph(float bias) {
    TensorProto.Builder weights = floats("weights", CELLS * CELLS, 1);
    for (int i = 0; i < CELLS * CELLS; i++) {
      weights.addFloatData(weight(i));
    }
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("tiny")
            .addInput(value("faces", 1, SIDE, SIDE))
            .addOutput(value("logit"))
            .addOutput(value("attention", CELLS, CELLS))
            .addInitializer(weights)
            .addInitializer(floats("middle", 1).addFloatData(128))
            .addInitializer(floats("scale", 1).addFloatData(1 / 32f))
            .addInitializer(floats("bias", 1).addFloatData(bias))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("axis")
                    .setDataType(TensorProto.DataType.INT64_VALUE)
                    .addDims(1)
                    .addInt64Data(1))
            .addNode(averagePool())
            .addNode(node("Sub", "centred", "pooled", "middle"))
            .addNode(node("Mul", "scaled", "centred", "scale"))
            .addNode(node("Sigmoid", "squashed", "scaled"))
            .addNode(node("Squeeze", "attention", "squashed", "axis"))
            .addNode(node("Flatten", "flat", "scaled"))
            .addNode(node("MatMul", "weighted", "flat", "weights"))
            .addNode(node("Add", "column", "weighted", "bias"))
            .addNode(node("Squeeze", "logit", "column", "axis"))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build();
  }

  private static NodeProto averagePool() {
    NodeProto.Builder pool = node("AveragePool", "pooled", "faces").toBuilder();
    for (String name : List.of("kernel_shape", "strides")) {
      pool.addAttribute(
          AttributeProto.newBuilder()
              .setName(name)
              .setType(AttributeProto.AttributeType.INTS)
              .addInts(CELL)
              .addInts(CELL));
    }
    return pool.build();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static TensorProto.Builder floats(String name, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    return tensor;
  }

  /** A float value of shape [N, dims]. */
  private static ValueInfoProto value(String name, long... dims) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("N"));
    for (long dim : dims) {
      shape.addDim(Dimension.newBuilder().setDimValue(dim));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }
}
