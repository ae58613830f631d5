package io.framewarden.detector.engine.onnxruntime;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.schemas.model.ModelArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Graph files to loaded models. */
final class OrtGraphs {
  private OrtGraphs() {}

  /**
   * Loads a graph in place of an artifact's own.
   *
   * @return the caller's to close
   * @param options are closed here
   * @throws InferenceException when it cannot be loaded, or takes other inputs than the manifest
   *     says
   */
  static Model load(ModelArtifact artifact, Path graph, String name, SessionOptions options) {
    String wanted = artifact.manifest().input().name();
    Path file = graph.toAbsolutePath();
    Model model = Model.newInstance("model", Device.cpu(), OnnxRuntimeFactory.ENGINE);
    try (options) {
      model.load(
          file.getParent(), file.getFileName().toString(), Map.of("sessionOptions", options));
      List<String> inputs = model.describeInput().keys();
      if (!inputs.equals(List.of(wanted))) {
        throw new InferenceException(
            graph + " takes " + inputs + ", the manifest says [" + wanted + "]");
      }
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw new InferenceException(graph + " cannot be loaded by " + name + ": " + reason(e), e);
    }
    return model;
  }

  private static String reason(Exception e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage();
  }
}
