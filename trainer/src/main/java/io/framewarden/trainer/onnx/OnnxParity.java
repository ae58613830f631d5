package io.framewarden.trainer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.DidScorer;
import io.framewarden.trainer.did.FaceScores;
import io.framewarden.trainer.did.FaceTensors;
import io.framewarden.trainer.evaluation.LogitAgreement;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Compares an exported graph, run by ONNX Runtime, with the network that it came from. */
public final class OnnxParity {

  private static final int CHUNK = 16;

  private OnnxParity() {}

  /**
   * What was compared.
   *
   * @param faces how many
   * @param logitDifference largest {@link LogitAgreement#difference} of a logit
   * @param attentionDifference largest difference of a cell of a map; infinite where one is no
   *     finite number
   */
  public record Report(int faces, double logitDifference, double attentionDifference) {}

  /**
   * Compares the two on faces, however far apart they are.
   *
   * @param network the trained network
   * @param file the graph that was exported from it
   * @param faces at least one gray8 face, of the side that the graph takes; real ones are a better
   *     test than noise
   * @throws ParityException if the graph does not load
   */
  public static Report compare(DidNetwork network, Path file, byte[][] faces)
      throws ParityException {
    if (faces.length == 0) {
      throw new IllegalArgumentException("Parity needs at least one face");
    }
    FaceScores expected = new DidScorer(network).score(faces);
    FaceScores actual = run(network, file, faces);
    double logits = 0;
    double attention = 0;
    for (int i = 0; i < faces.length; i++) {
      logits =
          Math.max(logits, LogitAgreement.difference(expected.logits()[i], actual.logits()[i]));
      attention = Math.max(attention, difference(expected.attention()[i], actual.attention()[i]));
    }
    return new Report(faces.length, logits, attention);
  }

  private static FaceScores run(DidNetwork network, Path file, byte[][] faces)
      throws ParityException {
    int mapSide = network.mapSide();
    float[] logits = new float[faces.length];
    float[][] attention = new float[faces.length][];
    // The environment is the process' own and must not be closed.
    OrtEnvironment environment = NativeLibraries.startOnnxRuntime(OrtEnvironment::getEnvironment);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(file.toString(), options)) {
      for (int from = 0; from < faces.length; from += CHUNK) {
        int to = Math.min(faces.length, from + CHUNK);
        runChunk(environment, session, network, faces, from, to, logits, attention);
      }
    } catch (OrtException e) {
      ParityException failure = new ParityException(file + " does not run: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
    return new FaceScores(logits, attention, mapSide);
  }

  private static void runChunk(
      OrtEnvironment environment,
      OrtSession session,
      DidNetwork network,
      byte[][] faces,
      int from,
      int to,
      float[] logits,
      float[][] attention)
      throws OrtException {
    int side = FaceTensors.side(faces, from);
    int cells = network.mapSide() * network.mapSide();
    FloatBuffer gray = FloatBuffer.wrap(FaceTensors.gray(faces, from, to));
    long[] shape = {to - from, 1, side, side};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, gray, shape);
        OrtSession.Result result = session.run(Map.of(OnnxExporter.INPUT, input))) {
      values(result, OnnxExporter.LOGIT).get(logits, from, to - from);
      float[] maps = new float[(to - from) * cells];
      values(result, OnnxExporter.ATTENTION).get(maps);
      for (int i = from; i < to; i++) {
        attention[i] = Arrays.copyOfRange(maps, (i - from) * cells, (i - from + 1) * cells);
      }
    }
  }

  private static FloatBuffer values(OrtSession.Result result, String name) {
    return ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
  }

  private static double difference(float[] expected, float[] actual) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) expected[i] - actual[i]);
      largest =
          Math.max(largest, Double.isFinite(difference) ? difference : Double.POSITIVE_INFINITY);
    }
    return largest;
  }
}
