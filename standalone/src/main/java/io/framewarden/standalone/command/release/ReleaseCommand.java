package io.framewarden.standalone.command.release;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewarden release}: which models score. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes models, and says which of them running scorers use.",
      "Scorers follow the releases of the name in their FRAMEWARDEN_MODEL_NAME, and change models",
      "between two batches."
    },
    subcommands = {
      ReleasePublishCommand.class,
      ReleasePromoteCommand.class,
      ReleaseShadowCommand.class,
      ReleaseCompareCommand.class,
      ReleaseRollbackCommand.class,
      ReleaseRetireCommand.class,
      ReleaseListCommand.class
    })
public final class ReleaseCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what about releases? --help lists it");
  }
}
