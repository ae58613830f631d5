package io.framewarden.detector.engine.onnxruntime;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Scores;
import io.framewarden.schemas.model.ModelManifest;

/**
 * One graph in one predictor. Not safe for several threads. Owns the model, the predictor and its
 * input buffer; every array of a batch is closed before {@link #score} returns.
 */
final class OnnxRuntimeEngine implements InferenceEngine {
  private final Model model;
  private final ModelManifest.Input input;
  private final String name;
  private final Predictor<FaceBatch, Scores> predictor;
  private boolean closed;

  /**
   * @param model loaded; this engine owns it from now on
   */
  OnnxRuntimeEngine(Model model, ModelManifest.Input input, String name) {
    this.model = model;
    this.input = input;
    this.name = name;
    this.predictor = model.newPredictor(new FaceTranslator(input.name()));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Scores score(FaceBatch batch) {
    if (batch.width() != input.width() || batch.height() != input.height()) {
      throw new IllegalArgumentException(
          "faces of "
              + batch.width()
              + "x"
              + batch.height()
              + ", the model takes "
              + input.width()
              + "x"
              + input.height());
    }
    try {
      return predictor.predict(batch);
    } catch (TranslateException | EngineException | IllegalStateException e) {
      throw new InferenceException(name + " cannot score: " + e.getMessage(), e);
    }
  }

  /** Arrays that outlive a batch: a leak would make it grow. */
  int heldArrays() {
    return model.getNDManager().getManagedArrays().size();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true; // DJL's model refuses to be closed twice
      predictor.close();
      model.close();
    }
  }
}
