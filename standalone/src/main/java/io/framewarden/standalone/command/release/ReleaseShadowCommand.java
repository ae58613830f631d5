package io.framewarden.standalone.command.release;

import io.framewarden.runtime.command.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden release shadow}: tries a model beside the active one. */
@Command(
    name = "shadow",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Has a published model score a share of the videos beside the active one.",
      "Its scores go to the topic shadow-scores and decide nothing; `release compare` compares."
    })
final class ReleaseShadowCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
  private String name;

  @Parameters(
      index = "1",
      paramLabel = "VERSION|DIGEST",
      description = "Its version, or the first six or more characters of its digest.")
  private String which;

  @Option(
      names = "--share",
      defaultValue = "0.1",
      description = "Share of the videos, above 0, at most 1 (default ${DEFAULT-VALUE}).")
  private double share;

  @Mixin private ReleaseOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    options.change(spec.commandLine().getOut(), desk -> desk.shadow(name, which, share));
    return ExitStatus.OK;
  }
}
