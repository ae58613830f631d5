package io.framewarden.trainer.command;

import io.framewarden.runtime.command.CommandRunner;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.framewarden.trainer.archive.FaceArchiveException;
import io.framewarden.trainer.archive.layout.LayoutException;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.publish.PublishException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The trainer's part of the {@code framewarden} command. */
@Command(
    name = "framewarden",
    mixinStandardHelpOptions = true,
    description = "Trains, evaluates and exports models from face archives.",
    subcommands = {
      FacesCommand.class,
      DatasetCommand.class,
      TrainCommand.class,
      TrainLandmarksCommand.class,
      TrainAutoencodersCommand.class,
      EvaluateCommand.class,
      ProbeCommand.class,
      ExportCommand.class,
      CalibrateCommand.class,
      ModelCommand.class
    })
public final class TrainerMain implements Runnable {
  @Spec private CommandSpec spec;

  private TrainerMain() {}

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
    return run(new TrainerMain(), arguments, out, err);
  }

  /** Runs a command line of another command whose failures are the trainer's. */
  public static int run(Object command, String[] arguments, PrintWriter out, PrintWriter err) {
    return new CommandRunner(command, TrainerMain::isUsersError).run(arguments, out, err);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? --help lists them");
  }

  private static boolean isUsersError(Exception failure) {
    return failure instanceof DatasetException
        || failure instanceof PublishException
        || failure instanceof InvalidArtifactException
        || failure instanceof FaceArchiveException
        || failure instanceof LayoutException
        || failure instanceof IllegalArgumentException
        || failure instanceof IOException;
  }
}
