package io.framewarden.trainer.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewarden dataset}: training data from a running framewarden. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    description = "Makes training data out of what a running framewarden has seen.",
    subcommands = FromDecisionsCommand.class)
public final class DatasetCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which data set? --help lists them");
  }
}
