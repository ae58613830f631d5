package io.framewarden.extraction.command;

import io.framewarden.extraction.extract.ExtractionConfig;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that extracts faces; they override the environment. */
public final class ExtractionOptions {
  @Mixin private DetectorOptions detector;

  @Option(
      names = "--sampling",
      paramLabel = "POLICY",
      description = "Frames sampled: a number a second (default 4) or all.")
  private String sampling;

  /** The environment of the process, overridden by the options that were given. */
  public Map<String, String> environment() {
    Map<String, String> variables = detector.environment();
    DetectorOptions.put(variables, ExtractionConfig.SAMPLING, sampling);
    return variables;
  }
}
