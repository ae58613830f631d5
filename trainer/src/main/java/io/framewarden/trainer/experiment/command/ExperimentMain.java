package io.framewarden.trainer.experiment.command;

import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.trainer.command.TrainerMain;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The experiments' part of the {@code framewarden} command, in a jar of its own. */
@Command(
    name = "framewarden",
    mixinStandardHelpOptions = true,
    description = "Reproduces the paper's tables and runs ablations.",
    subcommands = {ReproduceCommand.class, AblateCommand.class})
public final class ExperimentMain implements Runnable {
  @Spec private CommandSpec spec;

  private ExperimentMain() {}

  /** Starts the process. */
  public static void main(String[] arguments) {
    NativeLibraries.prepare();
    System.exit(run(arguments, null, null));
  }

  /**
   * Runs a command line.
   *
   * @param out where answers go; null for standard output
   * @param err where everything else goes; null for standard error
   * @return one of {@link io.framewarden.runtime.command.ExitStatus}
   */
  public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    return TrainerMain.run(new ExperimentMain(), arguments, out, err);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? --help lists them");
  }
}
