package io.framewarden.detector.engine.djl;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.framewarden.detector.engine.BucketProgram;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Scores;

/**
 * One loaded DJL model with its one predictor, for one thread at a time. Owns both and the input
 * buffer; every array of a batch is closed, and every answer copied out, before {@link #score}
 * returns.
 */
public final class DjlGraph implements BucketProgram {
  private final Model model;
  private final String name;
  private final Predictor<FaceBatch, Scores> predictor;
  private boolean closed;

  /**
   * @param model loaded; this owns it from now on, also when this constructor throws
   * @param inputName of the graph's one input
   * @param name for messages
   */
  public DjlGraph(Model model, String inputName, String name) {
    this.model = model;
    this.name = name;
    try {
      this.predictor = model.newPredictor(new FaceTranslator(inputName));
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  @Override
  public Scores score(FaceBatch batch) {
    try {
      return predictor.predict(batch);
    } catch (TranslateException | EngineException | IllegalStateException e) {
      throw new InferenceException(name + " cannot score: " + e.getMessage(), e);
    }
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
