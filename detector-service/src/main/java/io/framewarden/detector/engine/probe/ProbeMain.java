package io.framewarden.detector.engine.probe;

import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.detector.engine.EngineKind;
import io.framewarden.detector.engine.Precision;
import io.framewarden.detector.engine.tensorrt.TensorRtPlanBuilder;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelRefusedException;
import io.framewarden.runtime.process.ParentWatchdog;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The probe's process: loads the engine and the model at batch size one, compiling its plan if it
 * must, and scores the golden faces; the parity gate is the same as the scorer's. The answer is a
 * line on standard output, the status 0 when the engine works. Natives may end this process at any
 * time, which is what it is for.
 */
public final class ProbeMain {
  private static final int WORKS = 0;
  private static final int DOES_NOT = 3;

  private ProbeMain() {}

  /** The arguments for a probe, as {@link #main} reads them. */
  static List<String> arguments(EngineConfig config, Path model) {
    return List.of(
        config.kind().name(),
        config.precision().name(),
        config.cache().orElseThrow().toAbsolutePath().toString(),
        model.toAbsolutePath().toString());
  }

  public static void main(String[] arguments) {
    ParentWatchdog.start();
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    ProbeResult answer = probe(arguments);
    answers.println(answer.toLine());
    // Not exit: natives without a GPU are known to fail in their own ends.
    Runtime.getRuntime().halt(answer.works() ? WORKS : DOES_NOT);
  }

  /** The refusal names the model first, which is not what the probe was about. */
  private static String reason(Throwable e) {
    Throwable told = e instanceof ModelRefusedException && e.getCause() != null ? e.getCause() : e;
    return String.valueOf(told.getMessage());
  }

  private static ProbeResult probe(String[] arguments) {
    EngineConfig config =
        new EngineConfig(
            EngineKind.valueOf(arguments[0]),
            Precision.valueOf(arguments[1]),
            new BatchBuckets(List.of(1)),
            Optional.of(Path.of(arguments[2])),
            Duration.ZERO,
            0);
    try (LoadedModel model =
        new ModelLoader(EngineFactories.of(config, TensorRtPlanBuilder::new), 1)
            .load(Path.of(arguments[3]))) {
      return new ProbeResult(true, model.engine().name());
    } catch (RuntimeException | LinkageError e) {
      return new ProbeResult(false, reason(e));
    }
  }
}
