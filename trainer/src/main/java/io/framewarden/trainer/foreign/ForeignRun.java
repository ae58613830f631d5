package io.framewarden.trainer.foreign;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.platform.Fp16Conversions;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.trainer.publish.PublishException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * A foreign graph as its authors run it, on pixels that were prepared outside of it: what our own
 * nodes around it are held against. Owns its session. One thread.
 */
final class ForeignRun implements AutoCloseable {
  private final ForeignGraph graph;
  private final OrtEnvironment environment =
      NativeLibraries.startOnnxRuntime(OrtEnvironment::getEnvironment);
  private final OrtSession session;

  private ForeignRun(ForeignGraph graph) throws OrtException {
    this.graph = graph;
    this.session = environment.createSession(graph.model().toByteArray());
  }

  /**
   * Loads the graph.
   *
   * @throws PublishException when ONNX Runtime cannot, with the remedy
   */
  static ForeignRun open(ForeignGraph graph) {
    try {
      return new ForeignRun(graph);
    } catch (OrtException e) {
      String why = String.valueOf(e.getMessage());
      String remedy =
          why.contains("opset") || why.contains("IR version")
              ? "; its opset "
                  + graph.opset()
                  + " may be too new: export it again with opset_version=17"
              : "; export it again with operators of the ONNX standard only";
      throw graph.refused(
          "ONNX Runtime "
              + OrtEnvironment.getEnvironment().getVersion()
              + " cannot load it: "
              + why
              + remedy);
    }
  }

  /**
   * The values that the graph gives each face, one face at a time.
   *
   * @throws PublishException when it does not run, or gives no finite numbers
   */
  double[][] values(List<byte[]> faces, InputSpec spec, int side) {
    double[][] rows = new double[faces.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = values(spec.prepare(faces.get(i)), spec.channels(), side);
      for (double value : rows[i]) {
        if (!Double.isFinite(value)) {
          throw graph.refused(
              ("gives %s for a golden face; check --mean and --std, or export it in float32 from"
                      + " weights that are whole")
                  .formatted(value));
        }
      }
    }
    return rows;
  }

  private double[] values(float[] face, int channels, int side) {
    int batch = Math.max(1, graph.fixedBatch());
    FloatBuffer pixels = FloatBuffer.allocate(batch * face.length);
    for (int i = 0; i < batch; i++) {
      pixels.put(face);
    }
    long[] shape = {batch, channels, side, side};
    try (OnnxTensor faces = tensor(pixels.flip(), shape);
        OrtSession.Result result = session.run(Map.of(graph.input().getName(), faces))) {
      FloatBuffer all =
          result.get(graph.output().getName()).orElseThrow() instanceof OnnxTensor answer
              ? answer.getFloatBuffer()
              : null;
      if (all == null || all.remaining() % batch != 0 || all.remaining() == 0) {
        throw graph.refused(
            "its output " + graph.output().getName() + " holds no floats for each face");
      }
      double[] values = new double[all.remaining() / batch];
      for (int i = 0; i < values.length; i++) {
        values[i] = all.get(i);
      }
      return values;
    } catch (OrtException e) {
      throw graph.refused(
          "does not run on faces of %dx%d: %s".formatted(side, side, e.getMessage()));
    }
  }

  private OnnxTensor tensor(FloatBuffer pixels, long[] shape) throws OrtException {
    return graph.input().getType().getTensorType().getElemType()
            == TensorProto.DataType.FLOAT16_VALUE
        ? OnnxTensor.createTensor(
            environment,
            Fp16Conversions.convertFloatBufferToFp16Buffer(pixels),
            shape,
            OnnxJavaType.FLOAT16)
        : OnnxTensor.createTensor(environment, pixels, shape);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot end its session", e);
    }
  }
}
