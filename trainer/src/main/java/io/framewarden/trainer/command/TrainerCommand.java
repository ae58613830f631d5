package io.framewarden.trainer.command;

import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.framewarden.trainer.archive.FaceArchiveException;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.experiment.command.AblateCommand;
import io.framewarden.trainer.experiment.command.ReproduceCommand;
import io.framewarden.trainer.publish.PublishException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The trainer's part of the {@code framewarden} command. */
@Command(
    name = "framewarden",
    mixinStandardHelpOptions = true,
    description = "Trains, evaluates and exports models from face archives.",
    subcommands = {
      FacesCommand.class,
      DatasetCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ExportCommand.class,
      ReproduceCommand.class,
      AblateCommand.class
    })
public final class TrainerCommand implements Runnable {
  private static final int INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  private TrainerCommand() {}

  /**
   * Runs a command line.
   *
   * @return the exit code: 0 done, 2 wrong usage or input that cannot be used, 130 interrupted, 1
   *     anything unforeseen
   */
  public static int run(String... arguments) {
    return new CommandLine(new TrainerCommand())
        .setExecutionExceptionHandler((failure, line, parsed) -> exitCode(failure, line))
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say train, evaluate, export, reproduce or ablate");
  }

  private static int exitCode(Exception failure, CommandLine line) {
    if (failure instanceof InterruptedException) {
      return INTERRUPTED;
    }
    if (isForeseen(failure)) {
      line.getErr().println("framewarden " + line.getCommandName() + ": " + message(failure));
      return CommandLine.ExitCode.USAGE;
    }
    LoggerFactory.getLogger(TrainerCommand.class).debug("unforeseen", failure);
    line.getErr()
        .println("framewarden " + line.getCommandName() + ": failed unexpectedly: " + failure);
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static boolean isForeseen(Exception failure) {
    return failure instanceof UserError
        || failure instanceof DatasetException
        || failure instanceof PublishException
        || failure instanceof InvalidArtifactException
        || failure instanceof FaceArchiveException
        || failure instanceof IllegalArgumentException
        || failure instanceof IOException;
  }

  private static String message(Exception failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": cannot be read or written (" + simpleName(failure) + ")";
    }
    return failure.getMessage();
  }

  private static String simpleName(Exception failure) {
    return failure.getClass().getSimpleName();
  }
}
