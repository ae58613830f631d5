package io.framewarden.detector.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.v1.PixelFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph that weights the channels of its faces differently, so that their order shows. */
class ColourFacesTest {
  private static final FaceShape SHAPE = new FaceShape(5, 4, PixelFormat.RGB8);
  private static final float[] WEIGHTS = {0.5f, -0.25f, 0.125f};

  @TempDir Path folder;

  @Test
  void redGreenAndBlueReachTheGraphInThatOrder() throws Exception {
    byte[] noise = new byte[SHAPE.bytes()];
    new Random(3).nextBytes(noise);
    List<byte[]> faces = List.of(noise, face(255, 0, 0), face(0, 255, 0), face(0, 0, 255));
    double[] logits = faces.stream().mapToDouble(ColourFacesTest::logit).toArray();
    Files.write(folder.resolve(ModelArtifact.MODEL), graph().toByteArray());
    ModelArtifact.write(folder, manifest(), faces, logits);

    try (LoadedModel model = new ModelLoader(new OnnxRuntimeFactory(1), 3).load(folder)) {
      assertEquals(
          logits[0], model.score(FaceBatch.of(SHAPE, faces)).logit(0), 1e-4, "a batch of them");
      FaceBatch gray = FaceBatch.of(TinyModel.SHAPE, List.of(TinyModel.plain(7)));
      assertThrows(IllegalArgumentException.class, () -> model.score(gray));
    }
  }

  private static byte[] face(int red, int green, int blue) {
    byte[] face = new byte[SHAPE.bytes()];
    for (int i = 0; i < face.length; i += 3) {
      face[i] = (byte) red;
      face[i + 1] = (byte) green;
      face[i + 2] = (byte) blue;
    }
    return face;
  }

  private static double logit(byte[] face) {
    double sum = 0;
    for (int i = 0; i < face.length; i++) {
      sum += WEIGHTS[i % 3] * (face[i] & 0xff);
    }
    return sum / (SHAPE.width() * SHAPE.height());
  }

  private static ModelManifest manifest() {
    return ModelManifest.builder()
        .name("colour")
        .version("1")
        .description("channel means, for tests")
        .input(new ModelManifest.Input("faces", SHAPE))
        .extraction("recipe", JsonNodeFactory.instance.objectNode())
        .calibration(Calibration.none())
        .operatingPoints(List.of(ModelManifest.OperatingPoint.UNCALIBRATED))
        .training(
            new ModelManifest.Training(
                "nothing", List.of(), List.of(), 0, 0, JsonNodeFactory.instance.objectNode()))
        .metrics(Map.of())
        .build();
  }

  private static ModelProto graph() {
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName("weights")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(1)
            .addDims(3)
            .addDims(1)
            .addDims(1);
    for (float weight : WEIGHTS) {
      weights.addFloatData(weight);
    }
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("colour")
            .addInput(value("faces", 3, SHAPE.height(), SHAPE.width()))
            .addOutput(value("logit"))
            .addOutput(value("attention", 1, 1))
            .addInitializer(weights)
            .addNode(node("GlobalAveragePool", "means", "faces"))
            .addNode(node("Conv", "map", "means", "weights"))
            .addNode(mean("logit", 1, 2, 3))
            .addNode(mean("attention", 1))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build();
  }

  private static NodeProto mean(String output, long... axes) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName("axes").setType(AttributeProto.AttributeType.INTS);
    for (long axis : axes) {
      attribute.addInts(axis);
    }
    return node("ReduceMean", output, "map").toBuilder()
        .addAttribute(attribute)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("keepdims")
                .setType(AttributeProto.AttributeType.INT)
                .setI(0))
        .build();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

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
