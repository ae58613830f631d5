package io.framewarden.detector.engine.onnxruntime;

import io.framewarden.detector.engine.BucketProgram;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.Precision;
import io.framewarden.detector.engine.Scores;
import io.framewarden.schemas.model.FaceShape;
import java.util.ArrayList;
import java.util.List;

/** One graph that takes batches of any size up to its limit. Owns the graph. */
final class OnnxRuntimeEngine implements InferenceEngine {
  private final BucketProgram graph;
  private final FaceShape shape;
  private final String name;
  private final Precision precision;
  private final int largestBatch;

  /**
   * @param graph loaded; this engine owns it from now on
   * @param shape of the faces that it takes
   * @param largestBatch larger batches are split
   */
  OnnxRuntimeEngine(
      BucketProgram graph, FaceShape shape, String name, Precision precision, int largestBatch) {
    this.graph = graph;
    this.shape = shape;
    this.name = name;
    this.precision = precision;
    this.largestBatch = largestBatch;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public Scores score(FaceBatch batch) {
    batch.requireShape(shape);
    if (batch.size() <= largestBatch) {
      return graph.score(batch);
    }
    List<Scores> answers = new ArrayList<>();
    for (int from = 0; from < batch.size(); from += largestBatch) {
      int to = Math.min(batch.size(), from + largestBatch);
      answers.add(graph.score(new FaceBatch(batch.shape(), batch.faces().subList(from, to))));
    }
    return Scores.concat(answers);
  }

  @Override
  public void close() {
    graph.close();
  }
}
