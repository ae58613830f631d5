package io.framewarden.trainer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.trainer.evaluation.FaceScorer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Scores faces with an exported graph on ONNX Runtime, as a detector does: the faces are shared out
 * among the processors, a few at a time, and the session computes in the thread that calls it. Owns
 * the session until it is closed. One caller at a time.
 */
public final class GraphScorer implements FaceScorer {
  private static final int CHUNK = 4;

  private final OrtEnvironment environment =
      NativeLibraries.startOnnxRuntime(OrtEnvironment::getEnvironment);
  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private final OrtSession session;
  private final FaceShape shape;

  /**
   * @param shape of the faces that it takes
   * @throws IllegalArgumentException when the file is no graph that ONNX Runtime can run
   */
  public GraphScorer(Path graph, FaceShape shape) {
    this.shape = shape;
    try {
      options.setIntraOpNumThreads(1);
      this.session = environment.createSession(graph.toString(), options);
    } catch (OrtException e) {
      options.close();
      throw new IllegalArgumentException(
          graph + ": ONNX Runtime cannot load it: " + e.getMessage(), e);
    }
  }

  /** The faces that the graph takes. */
  public FaceShape shape() {
    return shape;
  }

  @Override
  public double[] logits(List<byte[]> faces) {
    double[] logits = new double[faces.size()];
    // A parallel stream that throws ends before its other threads do, and whoever catches that may
    // close the session that they compute in.
    List<RuntimeException> failures =
        IntStream.range(0, (faces.size() + CHUNK - 1) / CHUNK)
            .parallel()
            .map(part -> part * CHUNK)
            .mapToObj(from -> tryScore(faces, logits, from))
            .flatMap(Optional::stream)
            .toList();
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return logits;
  }

  private Optional<RuntimeException> tryScore(List<byte[]> faces, double[] logits, int from) {
    try {
      score(faces.subList(from, Math.min(faces.size(), from + CHUNK)), logits, from);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private void score(List<byte[]> chunk, double[] logits, int from) {
    long[] size = {chunk.size(), shape.channels(), shape.height(), shape.width()};
    try (OnnxTensor faces = OnnxTensor.createTensor(environment, tensor(chunk), size);
        OrtSession.Result result = session.run(Map.of(OnnxExporter.INPUT, faces))) {
      OnnxTensor logit = (OnnxTensor) result.get(OnnxExporter.LOGIT).orElseThrow();
      FloatBuffer values = logit.getFloatBuffer();
      for (int i = 0; i < chunk.size(); i++) {
        logits[from + i] = values.get(i);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot score: " + e.getMessage(), e);
    }
  }

  private FloatBuffer tensor(List<byte[]> chunk) {
    FloatBuffer values = FloatBuffer.allocate(chunk.size() * shape.bytes());
    for (byte[] face : chunk) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int at = channel; at < face.length; at += shape.channels()) {
          values.put(face[at] & 0xff);
        }
      }
    }
    return values.flip();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot end its session", e);
    } finally {
      options.close();
    }
  }
}
