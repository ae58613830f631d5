package io.framewarden.standalone.command;

import io.framewarden.ingest.archive.layout.LayoutException;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.schemas.archive.FaceArchiveException;
import io.framewarden.schemas.text.VisibleText;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
      DeadLettersCommand.class,
      ReplayCommand.class,
      FacesCommand.class,
      DatasetCommand.class,
      ReleaseCommand.class,
      TokenCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "The trainer's commands, each with --help of its own:",
      "  train           Train a DID model from face archives.",
      "  evaluate        Measure a model on face archives, and draw a report.",
      "  export          Write a trained model as an artifact for the detector.",
      "  reproduce       Run the chain behind one of the paper's tables.",
      "  ablate          Train the method without its parts, and table what each is worth.",
      "  bench-training  Measure what loading batches costs.",
      "  bench-backbone  Measure what a backbone takes: steps, memory, export.",
      "  bench-inference  Measure ONNX Runtime against libtorch on one graph."
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
    line.getErr().println(VisibleText.ofLines("framewarden: " + message(error)));
    return error instanceof UserError
            || error instanceof FileSystemException
            || error instanceof InvalidConfigurationException
            || error instanceof LayoutException
            || error instanceof FaceArchiveException
        ? ExitStatus.USAGE
        : ExitStatus.FAILED;
  }

  /** Says of a file what is wrong with it: the system's own exceptions hold but its name. */
  private static String message(Exception error) {
    if (error instanceof NoSuchFileException missing && missing.getReason() == null) {
      return missing.getFile() + ": no such file or folder; check the path";
    }
    if (error instanceof AccessDeniedException denied) {
      return denied.getFile() + ": access is denied; check its permissions";
    }
    if (error instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": cannot be used (" + error.getClass().getSimpleName() + ")";
    }
    return error.getMessage();
  }
}
