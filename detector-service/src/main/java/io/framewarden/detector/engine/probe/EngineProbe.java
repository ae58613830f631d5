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
 * Tries an engine on a model in a child process, which may die, hang or talk nonsense: all of these
 * are answers.
 */
public final class EngineProbe {
  private static final int LONGEST = 400;

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
   * @param cancelled asked now and then; ends the probe
   * @return empty when the engine works, else the reason why not, on one line
   */
  public Optional<String> problem(EngineConfig config, Path model, BooleanSupplier cancelled) {
    return problem(ProbeMain.arguments(config, model), cancelled);
  }

  Optional<String> problem(List<String> arguments, BooleanSupplier cancelled) {
    try {
      ProcessOutcome outcome = child.run(arguments, cancelled);
      Optional<ProbeResult> answer = ProbeResult.among(outcome.output());
      if (outcome.isClean() && answer.isPresent() && answer.get().works()) {
        return Optional.empty();
      }
      if (answer.isPresent() && !answer.get().works()) {
        return Optional.of(oneLine(answer.get().detail()));
      }
      String silent = outcome.isClean() ? " without an answer" : "";
      return Optional.of(oneLine("the probe " + outcome.describe() + silent));
    } catch (IOException e) {
      return Optional.of(oneLine("the probe cannot be started: " + e.getMessage()));
    }
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
