package io.framewarden.trainer.resynthesis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.framewarden.trainer.image.Tones;
import io.framewarden.trainer.onnx.OnnxExporter;
import io.framewarden.trainer.onnx.OnnxExporter.Output;
import io.framewarden.trainer.onnx.ParityException;
import io.framewarden.trainer.photograph.FacePhotograph;
import io.framewarden.trainer.training.TrainingListener;
import io.framewarden.trainer.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Autoencoders from photographs to their graphs: trains each, exports it, checks that the graph
 * computes what the network does, and measures it on people that were left out. One thread.
 */
public final class AutoencoderRun {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final int MEASURED = 100;

  private final List<Supplier<FacePhotograph>> train;
  private final List<Supplier<FacePhotograph>> test;
  private final AutoencoderConfig config;
  private final TrainingListener listener;

  /**
   * @param train photographs to learn from
   * @param test photographs of other people, to measure on
   * @param listener called after every step, counted over all autoencoders, and after each of them
   * @throws IllegalArgumentException if one of the lists is empty
   */
  public AutoencoderRun(
      List<Supplier<FacePhotograph>> train,
      List<Supplier<FacePhotograph>> test,
      AutoencoderConfig config,
      TrainingListener listener) {
    if (train.isEmpty() || test.isEmpty()) {
      throw new IllegalArgumentException(
          "%d photographs to train on and %d to measure on; give more people"
              .formatted(train.size(), test.size()));
    }
    this.train = train;
    this.test = test;
    this.config = config;
    this.listener = listener;
  }

  /** How many steps all autoencoders need together. */
  public static long steps(AutoencoderConfig config) {
    return config.steps() * AutoencoderShape.all().size();
  }

  /**
   * Trains the whole set. Afterwards the folder has a graph of each and {@code report.json}.
   *
   * @param folder created if it does not exist
   * @return the report's path
   * @throws InterruptedException if the thread was interrupted; graphs that are done stay
   * @throws ParityException if a graph is not its network's
   */
  public Path run(Path folder) throws IOException, InterruptedException, ParityException {
    return run(AutoencoderShape.all(), folder);
  }

  /** As {@link #run(Path)}, some autoencoders only. */
  Path run(List<AutoencoderShape> shapes, Path folder)
      throws IOException, InterruptedException, ParityException {
    Files.createDirectories(folder);
    Map<String, Object> autoencoders = new LinkedHashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      AutoencoderShape shape = shapes.get(i);
      Path graph = folder.resolve(shape.file());
      try (AutoencoderNet net = AutoencoderNet.create(shape, config.seed())) {
        train(net, shape, i * config.steps(), shapes.size() * config.steps());
        write(net, shape, graph);
        autoencoders.put(shape.name(), facts(net, shape, graph));
      }
      listener.onCheckpoint(graph, (i + 1) * config.steps());
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("config", config);
    report.put("photographsTrainedOn", train.size());
    report.put("photographsMeasuredOn", Math.min(MEASURED, test.size()));
    report.put("autoencoders", autoencoders);
    Path file = folder.resolve("report.json");
    JSON.writeValue(file.toFile(), report);
    return file;
  }

  private void train(AutoencoderNet net, AutoencoderShape shape, long before, long all)
      throws InterruptedException {
    long began = System.nanoTime();
    SquareSource squares = new SquareSource(train, shape.side(), config.seed());
    try (AutoencoderSteps steps = new AutoencoderSteps(net, shape, config)) {
      for (long step = 0; step < config.steps(); step++) {
        Map<String, Float> losses = steps.step(step, squares.batch(step, config.batch()));
        double rate = (step + 1) * config.batch() / ((System.nanoTime() - began) / 1e9);
        listener.onStep(new TrainingProgress(before + step + 1, all, losses, rate));
        if (Thread.interrupted()) {
          throw new InterruptedException("Stopped in " + shape.name());
        }
      }
    }
  }

  /** Writes the graph of a trained network. */
  static void write(AutoencoderNet net, AutoencoderShape shape, Path graph) throws IOException {
    long side = shape.side();
    OnnxExporter.write(
        graph,
        shape.name(),
        Autoencoder.SQUARES,
        side,
        (operations, squares) ->
            List.of(
                new Output(
                    net.describe(operations, squares), Autoencoder.MADE, List.of(1L, side, side))));
  }

  /** Checks and measures a graph. */
  private Map<String, Object> facts(AutoencoderNet net, AutoencoderShape shape, Path graph)
      throws IOException, ParityException {
    SquareSource squares = new SquareSource(test, shape.side(), config.seed());
    double error = 0;
    long nanos = 0;
    int count = Math.min(MEASURED, test.size());
    try (Autoencoder autoencoder = Autoencoder.of(shape.name(), Files.readAllBytes(graph))) {
      for (int i = 0; i < count; i++) {
        byte[] square = squares.square(i, i);
        long began = System.nanoTime();
        byte[] made = autoencoder.reconstruct(square);
        nanos += System.nanoTime() - began;
        error += distance(square, made);
        if (i == 0) {
          check(net, shape, square, made);
        }
      }
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("bytes", Files.size(graph));
    facts.put("parameters", net.cost().parameters());
    facts.put("multiplyAdds", net.cost().multiplyAdds());
    facts.put("milliseconds", nanos / 1e6 / count);
    facts.put("meanError", error / count);
    return facts;
  }

  /** Compares a graph's square with its network's. */
  private static void check(AutoencoderNet net, AutoencoderShape shape, byte[] square, byte[] made)
      throws ParityException {
    int side = shape.side();
    try (NDManager scope = net.manager().newSubManager()) {
      NDArray input = scope.create(SquareSource.floats(square), new Shape(1, 1, side, side));
      float[] expected = net.apply(input).toFloatArray();
      byte[] levels = new byte[expected.length];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = Tones.clamp(127.5 * (expected[i] + 1));
      }
      double distance = distance(levels, made);
      if (!(distance <= 0.01)) {
        throw new ParityException(shape.name() + " differs from its network by " + distance);
      }
    }
  }

  /** The mean distance of two images, gray levels. */
  private static double distance(byte[] one, byte[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
    }
    return sum / one.length;
  }
}
