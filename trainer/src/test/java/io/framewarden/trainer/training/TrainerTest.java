package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.LossConfig;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TrainerTest {

  @TempDir Path folder;

  @Test
  void learnsASeparableSet() throws Exception {
    List<Map<String, Float>> losses = new ArrayList<>();
    try (TrainedDid trained =
        Trainer.train(
            TinyRuns.recipe(60, 60),
            TinyRuns::batch,
            TinyRuns.DOMAINS,
            folder,
            progress -> losses.add(progress.losses()),
            TinyRuns.CPU)) {
      assertEquals(60, losses.size());
      float first = losses.get(0).get("total");
      float last = losses.get(59).get("total");
      assertTrue(last < 0.5f * first, "loss fell from " + first + " to " + last);
      FaceBatch unseen = TinyRuns.batch(99);
      float[] logits = trained.scorer().score(unseen.faces()).logits();
      for (int i = 0; i < unseen.size(); i++) {
        assertEquals(unseen.labels()[i] == 1, logits[i] > 0, "face " + i + ": " + logits[i]);
      }
    }
  }

  @Test
  void aResumedRunEndsAsAnUninterruptedOne() throws Exception {
    float[] straight;
    try (TrainedDid trained = train(TinyRuns.recipe(6, 3), folder.resolve("straight"))) {
      straight = trained.scorer().score(TinyRuns.batch(50).faces()).logits();
    }
    Path broken = folder.resolve("broken");
    BatchSource failing =
        step -> {
          if (step == 4) {
            throw new IllegalStateException("the disk went away");
          }
          return TinyRuns.batch(step);
        };
    assertThrows(
        IllegalStateException.class,
        () ->
            Trainer.train(
                TinyRuns.recipe(6, 3),
                failing,
                TinyRuns.DOMAINS,
                broken,
                TrainingListener.NONE,
                TinyRuns.CPU));

    List<Long> resumed = new ArrayList<>();
    try (TrainedDid trained =
        Trainer.train(
            TinyRuns.recipe(6, 3),
            TinyRuns::batch,
            TinyRuns.DOMAINS,
            broken,
            progress -> resumed.add(progress.step()),
            TinyRuns.CPU)) {
      assertEquals(List.of(4L, 5L, 6L), resumed);
      float[] logits = trained.scorer().score(TinyRuns.batch(50).faces()).logits();
      assertArrayEquals(straight, logits, 1e-5f);
    }
  }

  @Test
  void aCheckpointGivesBackTheNetwork() throws Exception {
    float[] before;
    try (TrainedDid trained = train(TinyRuns.recipe(2, 2), folder)) {
      before = trained.scorer().score(TinyRuns.batch(5).faces()).logits();
    }
    try (TrainedDid loaded =
        DidCheckpoint.load(folder.resolve("checkpoint-000000002.safetensors"))) {
      assertEquals(2, loaded.step());
      assertEquals(TinyRuns.DOMAINS, loaded.domains());
      assertEquals(TinyRuns.recipe(2, 2), loaded.config());
      assertArrayEquals(before, loaded.scorer().score(TinyRuns.batch(5).faces()).logits());
    }
  }

  @Test
  void keepsTheLastTwoCheckpoints() throws Exception {
    train(TinyRuns.recipe(4, 1), folder).close();
    try (var files = Files.list(folder)) {
      assertEquals(
          List.of("checkpoint-000000003.safetensors", "checkpoint-000000004.safetensors"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void refusesAFolderOfAnotherRun() throws Exception {
    train(TinyRuns.recipe(1, 1), folder).close();
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> train(TinyRuns.recipe(2, 1), folder));
    assertTrue(refusal.getMessage().contains("another run"), refusal.getMessage());
  }

  @Test
  void stopsAtALossThatIsNoNumberAndKeepsTheLastCheckpoint() throws Exception {
    LossConfig huge =
        LossConfig.builder().alpha(1).lambdaDec(0).lambdaCls(3e38).lambdaDom(0).build();
    OptimizerConfig wild =
        OptimizerConfig.builder()
            .learningRate(1e30)
            .backboneFactor(1)
            .weightDecay(0)
            .beta2(0.99)
            .build();
    TrainingConfig config =
        new TrainingConfig(TinyRuns.NETWORK, huge, wild, new TrainingSchedule(9, 1, 8, 1, 7));
    NonFiniteLossException stop =
        assertThrows(NonFiniteLossException.class, () -> train(config, folder));
    assertTrue(stop.getMessage().contains(stop.term()), stop.getMessage());
    assertTrue(stop.getMessage().contains("step " + stop.step()), stop.getMessage());
    assertTrue(stop.getMessage().contains("of step " + stop.step()), stop.getMessage());
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        DidCheckpoint.load(file).close();
        assertFalse(file.toString().endsWith(".partial"));
      }
    }
  }

  @Test
  void aLossThatIsNoNumberNamesTheFaces() {
    List<String> faces = List.of("a.png", "b.png");
    String message = new NonFiniteLossException(7, "auc", Float.NaN, faces).getMessage();
    assertTrue(message.contains("auc is NaN at step 7, on a.png, b.png."), message);
    List<String> many = Collections.nCopies(20, "c.png");
    message = new NonFiniteLossException(7, "auc", Float.NaN, many).getMessage();
    assertTrue(message.contains("and 12 more"), message);
  }

  @Test
  void aFirstStepThatBreaksIsNotBlamedOnTheLearningRate() {
    LossConfig huge =
        LossConfig.builder().alpha(1).lambdaDec(0).lambdaCls(1e39).lambdaDom(0).build();
    TrainingConfig config =
        new TrainingConfig(
            TinyRuns.NETWORK,
            huge,
            TinyRuns.recipe(1, 1).optimizer(),
            new TrainingSchedule(1, 1, 8, 1, 7));
    NonFiniteLossException first =
        assertThrows(NonFiniteLossException.class, () -> train(config, folder));
    assertEquals(0, first.step());
    assertTrue(first.getMessage().contains("learning rate is not the cause"), first.getMessage());
    assertFalse(first.getMessage().contains("checkpoint"), first.getMessage());
    String later = new NonFiniteLossException(1, "auc", Float.NaN, List.of("a.png")).getMessage();
    assertTrue(later.contains("a lower learning rate"), later);
  }

  @Test
  void aFullDiskLeavesTheCheckpointBeforeIntact() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full to stand for a full disk");
    Files.createSymbolicLink(folder.resolve("checkpoint-000000004.safetensors.partial"), full);
    IOException failure =
        assertThrows(IOException.class, () -> train(TinyRuns.recipe(4, 2), folder));
    assertTrue(failure.getMessage().contains("checkpoint-000000004"), failure.getMessage());
    assertTrue(failure.getMessage().contains("No space left"), failure.getMessage());
    List<Long> resumed = new ArrayList<>();
    Trainer.train(
            TinyRuns.recipe(4, 2),
            TinyRuns::batch,
            TinyRuns.DOMAINS,
            folder,
            progress -> resumed.add(progress.step()),
            TinyRuns.CPU)
        .close();
    assertEquals(List.of(3L, 4L), resumed);
  }

  @Test
  void anInterruptStopsTheRunWithACheckpoint() throws Exception {
    assertThrows(
        InterruptedException.class,
        () ->
            Trainer.train(
                TinyRuns.recipe(9, 9),
                TinyRuns::batch,
                TinyRuns.DOMAINS,
                folder,
                progress -> {
                  if (progress.step() == 2) {
                    Thread.currentThread().interrupt();
                  }
                },
                TinyRuns.CPU));
    assertTrue(Files.exists(folder.resolve("checkpoint-000000002.safetensors")));
  }

  @Test
  void memoryStaysFlatOverTheSteps() throws Exception {
    List<Integer> handles = new ArrayList<>();
    try (TrainedDid start = train(TinyRuns.recipe(1, 1), folder);
        TrainingSteps steps =
            new TrainingSteps(start.network(), TinyRuns.recipe(40, 40), List.of())) {
      for (int step = 0; step < 30; step++) {
        steps.step(step, TinyRuns.batch(step));
        start.scorer().score(TinyRuns.batch(step).faces());
        handles.add(start.network().manager().getManagedArrays().size());
      }
    }
    assertEquals(handles.get(1), handles.get(29), handles.toString());
  }

  /** As an engine or a machine at fault gives one: the loss is right, a gradient is not. */
  @Test
  void aGradientThatIsBrokenOnceChangesNothing() {
    AtomicInteger calls = new AtomicInteger();
    assertArrayEquals(
        weightsAfterTwoSteps(() -> false),
        weightsAfterTwoSteps(() -> calls.incrementAndGet() == 2));
    assertEquals(3, calls.get(), "one step was computed twice");
  }

  @Test
  void aGradientThatStaysBrokenEndsTheRun() {
    NonFiniteLossException end =
        assertThrows(NonFiniteLossException.class, () -> weightsAfterTwoSteps(() -> true));
    assertEquals(0, end.step());
    assertTrue(end.getMessage().contains("gradient of backbone."), end.getMessage());
  }

  private static float[] weightsAfterTwoSteps(BooleanSupplier breaks) {
    TrainingConfig config = TinyRuns.recipe(2, 2);
    try (DidNetwork network = DidNetwork.create(config.network(), 3, 7);
        Replicas replicas = new Replicas(network, config, List.of());
        TrainingSteps steps =
            new TrainingSteps(
                network,
                config,
                (step, batch) -> {
                  Map<String, Float> losses = replicas.backward(step, batch);
                  if (breaks.getAsBoolean()) {
                    NDArray weights = network.parameters().values().iterator().next().getArray();
                    try (NDArray gradient = weights.getGradient()) {
                      gradient.muli(Float.NaN);
                    }
                  }
                  return losses;
                })) {
      for (int step = 0; step < 2; step++) {
        steps.step(step, TinyRuns.batch(step));
      }
      FloatBuffer all = FloatBuffer.allocate(1 << 20);
      network.parameters().values().forEach(each -> all.put(each.getArray().toFloatArray()));
      return Arrays.copyOf(all.array(), all.position());
    }
  }

  private static TrainedDid train(TrainingConfig config, Path folder) throws Exception {
    return Trainer.train(
        config, TinyRuns::batch, TinyRuns.DOMAINS, folder, TrainingListener.NONE, TinyRuns.CPU);
  }
}
