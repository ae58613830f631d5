package io.framewarden.detector.engine.probe;

import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.runtime.process.ChildJvm;
import io.framewarden.runtime.process.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Tries an engine on a model in a child process. The child may crash, hang or print anything: each
 * of these is a result.
 */
public final class EngineProbe {
  private static final int MAX_REASON_CHARACTERS = 400;

  private final ChildJvm child;

  /** The real probe. */
  public EngineProbe(EngineConfig config) {
    this(new ChildJvm(ProbeMain.class, config.probeDeadline()));
  }

  EngineProbe(ChildJvm child) {
    this.child = child;
  }

  /**
   * Runs the probe to its end or its deadline.
   *
   * @param config names the engine to try, and has a cache folder
   * @param cancelled polled; ends the probe
   * @return empty when the engine works, else the reason why not, on one line
   */
  public Optional<String> findProblem(EngineConfig config, Path model, BooleanSupplier cancelled) {
    return findProblem(ProbeMain.arguments(config, model), cancelled);
  }

  Optional<String> findProblem(List<String> arguments, BooleanSupplier cancelled) {
    try {
      ProcessOutcome outcome = child.run(arguments, cancelled);
      Optional<ProbeResult> result = ProbeResult.findIn(outcome.output());
      if (outcome.isClean() && result.isPresent() && result.get().works()) {
        return Optional.empty();
      }
      if (result.isPresent() && !result.get().works()) {
        return Optional.of(oneLine(result.get().detail()));
      }
      String suffix = outcome.isClean() ? " without a result" : "";
      return Optional.of(oneLine("the probe " + outcome.describe() + suffix));
    } catch (IOException e) {
      return Optional.of(oneLine("the probe cannot be started: " + e.getMessage()));
    }
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_REASON_CHARACTERS
        ? line
        : line.substring(0, MAX_REASON_CHARACTERS) + "...";
  }
}
