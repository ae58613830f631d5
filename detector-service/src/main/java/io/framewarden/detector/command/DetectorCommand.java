package io.framewarden.detector.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The detector's commands. Without one the jar runs as a service. */
@Command(
    name = "detector",
    description = "Run without arguments it is a service, configured by FRAMEWARDEN_* variables.",
    mixinStandardHelpOptions = true,
    subcommands = CompileCommand.class)
public final class DetectorCommand implements Runnable {
  @Spec private CommandSpec spec;

  /**
   * Runs a command line to its end.
   *
   * @return the exit status: 0, 1 when the command failed, 2 for arguments that cannot be used
   */
  public static int run(String... arguments) {
    return new CommandLine(new DetectorCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command, or no argument at all");
  }
}
