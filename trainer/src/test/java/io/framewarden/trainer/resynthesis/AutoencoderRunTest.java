package io.framewarden.trainer.resynthesis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.trainer.backbone.Enlargement.Kind;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.trainer.photograph.FacePhotograph;
import io.framewarden.trainer.training.TrainingListener;
import io.framewarden.trainer.training.TrainingProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AutoencoderRunTest {
  private static final AutoencoderConfig CONFIG = new AutoencoderConfig(30, 4, 3e-3, 1);

  private final List<Float> losses = new ArrayList<>();

  @TempDir Path folder;

  /** The run refuses a graph that computes something else than its network. */
  @ParameterizedTest
  @EnumSource
  void trainsEachWayOfEnlargingAndExportsIt(Kind kind) throws Exception {
    AutoencoderShape shape = new AutoencoderShape("small", kind, 32, 2, 8, kind == Kind.SHUFFLE);
    JsonNode report = new ObjectMapper().readTree(run(shape, "run").toFile());
    assertTrue(
        mean(losses.subList(20, 30)) < 0.7 * mean(losses.subList(0, 5)), () -> losses.toString());
    assertEquals(
        Files.size(folder.resolve("run/small.onnx")),
        report.at("/autoencoders/small/bytes").asLong());
    double error = report.at("/autoencoders/small/meanError").asDouble();
    assertTrue(error > 0 && error < 60, report.toString());
  }

  @Test
  void theSameSeedGivesTheSameGraph() throws Exception {
    AutoencoderShape shape = new AutoencoderShape("small", Kind.NEAREST, 16, 1, 4, true);
    run(shape, "once");
    run(shape, "again");
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("once/small.onnx")),
        Files.readAllBytes(folder.resolve("again/small.onnx")));
  }

  @Test
  void nobodyToMeasureOnIsRefused() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new AutoencoderRun(people(0, 3), List.of(), CONFIG, TrainingListener.NONE));
    assertTrue(refusal.getMessage().contains("0 to measure on"), refusal.getMessage());
  }

  private Path run(AutoencoderShape shape, String name) throws Exception {
    TrainingListener listener =
        (TrainingProgress progress) -> losses.add(progress.losses().get("levels"));
    return new AutoencoderRun(people(0, 8), people(8, 10), CONFIG, listener)
        .run(List.of(shape), folder.resolve(name));
  }

  private static List<Supplier<FacePhotograph>> people(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(SyntheticFaces::face)
        .<Supplier<FacePhotograph>>map(face -> () -> face)
        .toList();
  }

  private static double mean(List<Float> values) {
    return values.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
  }
}
