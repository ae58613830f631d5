package io.framewarden.trainer.landmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.Cost;
import io.framewarden.trainer.backbone.Dense;
import io.framewarden.trainer.backbone.Layer;
import io.framewarden.trainer.backbone.Nonlinearity;
import io.framewarden.trainer.backbone.Operations;
import io.framewarden.trainer.backbone.PyTorch;
import io.framewarden.trainer.backbone.Sequential;
import io.framewarden.trainer.backbone.TensorOperations;
import io.framewarden.trainer.did.TensorValues;
import io.framewarden.trainer.did.WeightInitializer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The landmark network while it is trained: {@link ResidualStages}, then a fully connected layer
 * over all places of the last map for the landmarks and one for the score. Landmarks are found as
 * what they differ by from the mean face, whose coordinates the layer's bias begins with.
 *
 * <p>Owns its parameters' native memory until it is closed. Used by one thread at a time.
 */
final class LandmarkNet implements AutoCloseable {
  private static final int SIDE = LandmarkNetwork.SIDE;
  private static final int STRIDE = 16;

  /** Channels of the last map as the landmarks' layer and the score's see it. */
  private static final int LANDMARK_CHANNELS = 32;

  private static final int SCORE_CHANNELS = 16;

  private static final String LANDMARKS = "landmarks.";

  /** The landmarks' layer begins with almost the mean face, as parts of the square's side. */
  private static final double SMALL = 0.01;

  private final NDManager manager = PyTorch.manager(ai.djl.Device.cpu());
  private final ParameterStore store = new ParameterStore(manager, false);
  private final Sequential trunk;
  private final ConvUnit toLandmarks;
  private final Dense landmarks;
  private final ConvUnit toScore;
  private final Dense score;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  /**
   * What is computed of n squares.
   *
   * @param landmarks x and y of each in parts of the side, (n, 136)
   * @param scores log-odds of a face, (n)
   */
  record Outputs<V>(V landmarks, V scores) {}

  private LandmarkNet() {
    ResidualStages stages = new ResidualStages();
    stages.add(16, 0);
    stages.add(32, 1);
    stages.add(48, 1);
    stages.add(64, 1);
    trunk = stages.end();
    int channels = stages.channels();
    int cells = SIDE / STRIDE * (SIDE / STRIDE);
    toLandmarks =
        ResidualStages.unit(channels, LANDMARK_CHANNELS, 1).then(Nonlinearity.RELU).build();
    landmarks = new Dense(LANDMARK_CHANNELS * cells, 2 * DenseLandmarks.POINTS);
    toScore = ResidualStages.unit(channels, SCORE_CHANNELS, 1).then(Nonlinearity.RELU).build();
    score = new Dense(SCORE_CHANNELS * cells, 1);
  }

  /**
   * A new network.
   *
   * @param seed decides every weight
   * @param mean x and y of each landmark of the mean face, in parts of the square's side
   */
  static LandmarkNet create(long seed, float[] mean) {
    LandmarkNet net = new LandmarkNet();
    net.add("backbone", net.trunk);
    net.add("toLandmarks", net.toLandmarks);
    net.add("landmarks", net.landmarks);
    net.add("toScore", net.toScore);
    net.add("score", net.score);
    WeightInitializer.fill(net.parameters, path -> path.startsWith(LANDMARKS) ? SMALL : 1, seed);
    TensorValues.replace(net.landmarks.bias().getArray(), mean);
    return net;
  }

  private void add(String name, Layer part) {
    part.initialize(manager, DataType.FLOAT32, new Shape(1, 1, SIDE, SIDE));
    part.getParameters().forEach(p -> parameters.put(name + "." + p.getKey(), p.getValue()));
  }

  /** What the network computes of squares (n, 1, 96, 96), gray 0..255. */
  <V> Outputs<V> describe(Operations<V> operations, V crops) {
    V features = trunk.describe(operations, crops);
    V places = operations.flatten(toLandmarks.describe(operations, features));
    V seen = operations.flatten(toScore.describe(operations, features));
    return new Outputs<>(
        landmarks.describe(operations, places),
        operations.squeeze(score.describe(operations, seen)));
  }

  /** The forward pass; its results belong to the squares' manager. */
  Outputs<NDArray> forward(NDArray crops, boolean training) {
    return describe(TensorOperations.of(store, training), crops);
  }

  /** What the network costs for one face. */
  Cost cost() {
    Shape input = new Shape(1, 1, SIDE, SIDE);
    Cost all = Cost.of(List.of(trunk), input);
    Shape features = trunk.outputShape(input);
    for (ConvUnit unit : List.of(toLandmarks, toScore)) {
      all = all.plus(Cost.of(List.of(unit), features));
    }
    for (Dense dense : List.of(landmarks, score)) {
      all = all.plus(Cost.of(List.of(dense), new Shape(1, dense.inputs())));
    }
    return all;
  }

  /** Every parameter and running statistic by its path, in a fixed order. */
  Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** The manager that the parameters belong to. */
  NDManager manager() {
    return manager;
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    manager.close();
  }
}
