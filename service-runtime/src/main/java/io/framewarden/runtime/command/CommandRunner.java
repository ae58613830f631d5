package io.framewarden.runtime.command;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.schemas.text.VisibleText;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Runs command lines; tells failures in a line and as an exit status. */
public final class CommandRunner {
  private final Object command;
  private final Predicate<Exception> usersError;

  /**
   * @param command an object with picocli's annotations
   * @param usersError whether a failure is one that the user can mend, beside those that are so for
   *     every command: wrong usage, configuration, files
   */
  public CommandRunner(Object command, Predicate<Exception> usersError) {
    this.command = command;
    this.usersError = usersError;
  }

  /**
   * Runs a command line.
   *
   * @param out where answers go; null for standard output
   * @param err where everything else goes; null for standard error
   * @return one of {@link ExitStatus}
   */
  public int run(String[] arguments, PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(command);
    if (out != null) {
      line.setOut(out);
    }
    if (err != null) {
      line.setErr(err);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true); // the terminal's, else 80
    line.setExecutionExceptionHandler((error, failed, parsed) -> report(error, failed));
    return line.execute(arguments);
  }

  private int report(Exception error, CommandLine line) {
    if (error instanceof InterruptedException) {
      return ExitStatus.INTERRUPTED;
    }
    LoggerFactory.getLogger(CommandRunner.class).debug("{} failed", line.getCommandName(), error);
    boolean usersOwn = isUsersError(error);
    String message = message(error);
    line.getErr()
        .println(
            VisibleText.ofLines(
                "framewarden: "
                    + (usersOwn || message != null ? message : "failed unexpectedly: " + error)));
    return usersOwn ? ExitStatus.USAGE : ExitStatus.FAILED;
  }

  private boolean isUsersError(Exception error) {
    return error instanceof UserError
        || error instanceof FileSystemException
        || error instanceof InvalidConfigurationException
        || usersError.test(error);
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
