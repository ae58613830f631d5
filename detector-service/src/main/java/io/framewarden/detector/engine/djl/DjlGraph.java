package io.framewarden.detector.engine.djl;

import ai.djl.Model;
import io.framewarden.detector.engine.BucketProgram;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.Scores;

/**
 * One loaded DJL model with its one predictor, which gets each batch as a whole, for one thread at
 * a time. Owns both.
 */
public final class DjlGraph implements BucketProgram {
  private final Model model;
  private final FacePredictor predictor;
  private boolean closed;

  /**
   * @param model loaded; this owns it from now on, also when this constructor throws
   * @param inputName of the graph's one input
   * @param name for messages
   */
  public DjlGraph(Model model, String inputName, String name) {
    this.model = model;
    try {
      this.predictor = new FacePredictor(model, inputName, name);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  @Override
  public Scores score(FaceBatch batch) {
    return predictor.score(batch);
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
