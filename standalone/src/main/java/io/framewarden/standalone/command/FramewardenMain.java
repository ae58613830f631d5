package io.framewarden.standalone.command;

import io.framewarden.runtime.config.InvalidConfigurationException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code framewarden} command. */
@Command(
    name = "framewarden",
    mixinStandardHelpOptions = true,
    versionProvider = FramewardenVersion.class,
    description = "Moderates video for face forgeries.",
    subcommands = {
      ModerateCommand.class,
      ServeCommand.class,
      VerdictsCommand.class,
      FacesCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "The trainer's commands, each with --help of its own:",
      "  train     Train a DID model from face archives.",
      "  evaluate  Measure a model on face archives.",
      "  export    Write a trained model as an artifact for the detector."
    })
public final class FramewardenMain implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    if (args.length > 0 && !args[0].equals("serve")) {
      CommandLogging.quiet();
    }
    Runtime.getRuntime().exit(run(args, null, null));
  }

  /**
   * Runs a command line.
   *
   * @param out where answers go; null for standard output
   * @param err where everything else goes; null for standard error
   * @return the exit status
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    CommandLine command = new CommandLine(new FramewardenMain());
    if (out != null) {
      command.setOut(out);
    }
    if (err != null) {
      command.setErr(err);
    }
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler((error, line, parsed) -> report(error, line));
    return command.execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? --help lists them");
  }

  private static int report(Exception error, CommandLine line) {
    LoggerFactory.getLogger(FramewardenMain.class).debug("{} failed", line.getCommandName(), error);
    line.getErr().println("framewarden: " + error.getMessage());
    return error instanceof UserError || error instanceof InvalidConfigurationException
        ? ExitStatus.USAGE
        : ExitStatus.FAILED;
  }
}
