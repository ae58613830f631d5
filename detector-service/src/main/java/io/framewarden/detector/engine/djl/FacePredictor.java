package io.framewarden.detector.engine.djl;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Scores;

/**
 * One way into a loaded model, with an input buffer of its own, for one thread at a time. Every
 * array of a batch is closed, and every answer copied out, before {@link #score} returns. Does not
 * own the model.
 */
final class FacePredictor implements AutoCloseable {
  private final String name;
  private final Predictor<FaceBatch, Scores> predictor;

  /**
   * @param inputName of the graph's one input
   * @param name for messages
   */
  FacePredictor(Model model, String inputName, String name) {
    this.name = name;
    this.predictor = model.newPredictor(new FaceTranslator(inputName));
  }

  /**
   * Scores a batch in one call of the model.
   *
   * @throws InferenceException when the engine cannot answer
   */
  Scores score(FaceBatch batch) {
    try {
      return predictor.predict(batch);
    } catch (TranslateException | EngineException | IllegalStateException e) {
      throw new InferenceException(name + " cannot score: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    predictor.close();
  }
}
