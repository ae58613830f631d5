package io.framewarden.trainer.landmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.trainer.did.TensorValues;
import io.framewarden.trainer.onnx.OnnxExporter;
import io.framewarden.trainer.onnx.OnnxExporter.Output;
import io.framewarden.trainer.onnx.ParityException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** From a trained landmark network to the graph that the extraction runs. Stateless. */
final class LandmarkGraph {
  private static final int SIDE = LandmarkNetwork.SIDE;

  /** Landmarks in parts of the square's side, and log-odds. */
  private static final double TOLERANCE = 1e-3;

  private LandmarkGraph() {}

  /** Writes the graph of a trained network. */
  static void write(LandmarkNet net, Path graph) throws IOException {
    OnnxExporter.write(
        graph,
        "landmarks",
        LandmarkNetwork.CROPS,
        SIDE,
        (operations, crops) -> {
          LandmarkNet.Outputs<String> outputs = net.describe(operations, crops);
          return List.of(
              new Output(
                  outputs.landmarks(),
                  LandmarkNetwork.LANDMARKS,
                  List.of(2L * DenseLandmarks.POINTS)),
              new Output(outputs.scores(), LandmarkNetwork.SCORE, List.of()));
        });
  }

  /**
   * Compares a graph with its network.
   *
   * @throws ParityException if they differ
   */
  static void check(LandmarkNet net, Path graph, LandmarkBatch batch) throws ParityException {
    List<LandmarkSample> samples = batch.samples();
    double largest = 0;
    try (LandmarkNetwork network = LandmarkNetwork.open(graph);
        NDManager scope = net.manager().newSubManager()) {
      NDArray crops =
          TensorValues.of(scope, batch.pixels(), new Shape(samples.size(), 1, SIDE, SIDE));
      LandmarkNet.Outputs<NDArray> expected = net.forward(crops, false);
      float[] points = expected.landmarks().toFloatArray();
      float[] scores = expected.scores().toFloatArray();
      for (int i = 0; i < samples.size(); i++) {
        DenseLandmarks found = find(network, samples.get(i));
        largest = Math.max(largest, Math.abs((double) scores[i] - found.score()));
        for (int p = 0; p < DenseLandmarks.POINTS; p++) {
          int at = 2 * (i * DenseLandmarks.POINTS + p);
          double x = points[at] - (double) found.points().get(p).x() / SIDE;
          double y = points[at + 1] - (double) found.points().get(p).y() / SIDE;
          largest = Math.max(largest, Math.max(Math.abs(x), Math.abs(y)));
        }
      }
    }
    if (!(largest <= TOLERANCE)) {
      throw new ParityException(graph + " differs from its network by " + largest);
    }
  }

  /** What a graph finds in a square. */
  static DenseLandmarks find(LandmarkNetwork network, LandmarkSample sample) {
    return network.find(
        new AffineSampler(new GrayImage(SIDE, SIDE, sample.pixels())),
        new SimilarityTransform(1, 0, 0, 0));
  }
}
