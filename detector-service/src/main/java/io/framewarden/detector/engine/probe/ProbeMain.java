package io.framewarden.detector.engine.probe;

import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.detector.engine.EngineKind;
import io.framewarden.detector.engine.Precision;
import io.framewarden.detector.engine.tensorrt.TensorRtPlanBuilder;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelRefusedException;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.runtime.process.ParentWatchdog;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The probe's process: loads the engine and the model at batch size one, compiling its plan if it
 * must, and scores the golden faces; the parity gate is the same as the scorer's. The result is a
 * line on standard output, the status 0 when the engine works. Native libraries may crash this
 * process at any time, which is why it is one.
 */
public final class ProbeMain {
  private static final int WORKS_STATUS = 0;
  private static final int FAILS_STATUS = 3;

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
    PrintStream results = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    NativeLibraries.prepare();
    ProbeResult result = probe(arguments);
    results.println(result.toLine());
    // Not exit: native libraries without a GPU are known to crash in their exit handlers.
    Runtime.getRuntime().halt(result.works() ? WORKS_STATUS : FAILS_STATUS);
  }

  /** The cause of a refusal: its message names the model first, which the probe is not about. */
  private static String reason(Throwable e) {
    Throwable cause = e instanceof ModelRefusedException && e.getCause() != null ? e.getCause() : e;
    return String.valueOf(cause.getMessage());
  }

  private static ProbeResult probe(String[] arguments) {
    EngineConfig config =
        new EngineConfig(
            EngineKind.valueOf(arguments[0]),
            Precision.valueOf(arguments[1]),
            new BatchBuckets(List.of(1)),
            Path.of(arguments[2]),
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
