package io.framewarden.trainer.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewarden model}. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Imports models of others, and shows what a model says of itself.",
    subcommands = {ModelImportCommand.class, ModelShowCommand.class})
final class ModelCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? --help lists them");
  }
}
