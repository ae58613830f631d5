package io.framewarden.benchmarks.command;

import io.framewarden.benchmarks.training.BenchBackboneCommand;
import io.framewarden.benchmarks.training.BenchInferenceCommand;
import io.framewarden.benchmarks.training.BenchTrainingCommand;
import io.framewarden.runtime.command.CommandLogging;
import io.framewarden.runtime.command.CommandRunner;
import io.framewarden.runtime.process.NativeLibraries;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks' part of the {@code framewarden} command. */
@Command(
    name = "framewarden",
    mixinStandardHelpOptions = true,
    description = "Measures framewarden on this machine.",
    subcommands = {
      BenchCommand.class,
      BenchTrainingCommand.class,
      BenchBackboneCommand.class,
      BenchInferenceCommand.class
    })
public final class BenchMain implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    CommandLogging.quiet();
    NativeLibraries.prepare();
    Runtime.getRuntime().exit(run(args, null, null));
  }

  /**
   * Runs a command line.
   *
   * @param out where measurements go; null for standard output
   * @param err where everything else goes; null for standard error
   * @return the exit status
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    return new CommandRunner(new BenchMain(), error -> error instanceof IllegalArgumentException)
        .run(args, out, err);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which benchmark? --help lists them");
  }
}
