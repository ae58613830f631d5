package io.framewarden.runtime.process;

import java.util.List;
import java.util.Map;

/**
 * How a child process ended.
 *
 * @param exit its status, above 128 for a signal; {@link #KILLED} when it was killed from here
 * @param killed why it was killed, else empty
 * @param output the last lines of its standard output
 * @param errors the last lines of its standard error
 */
public record ProcessOutcome(int exit, String killed, List<String> output, List<String> errors) {
  static final int KILLED = -1;

  /** The status of a process that was ended by SIGKILL. */
  static final int SIGKILL_STATUS = 128 + 9;

  private static final int LAST_LINES = 3;
  private static final int LONGEST = 300;
  private static final int SIGNALS = 128;
  private static final Map<Integer, String> NAMES =
      Map.of(
          4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 24,
          "SIGXCPU");

  public ProcessOutcome {
    output = List.copyOf(output);
    errors = List.copyOf(errors);
  }

  /** Whether it ended by itself, with status 0. */
  public boolean isClean() {
    return exit == 0;
  }

  /** On one short line: how it ended, and the last of what it said on standard error. */
  public String describe() {
    String last = lastErrors();
    return end() + (last.isEmpty() ? "" : ": " + last);
  }

  private String end() {
    if (exit == KILLED) {
      return killed;
    }
    if (exit > SIGNALS) {
      int signal = exit - SIGNALS;
      return "died with status "
          + exit
          + " ("
          + NAMES.getOrDefault(signal, "signal " + signal)
          + ")";
    }
    return "ended with status " + exit;
  }

  private String lastErrors() {
    List<String> said = errors.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    String last =
        String.join(" | ", said.subList(Math.max(0, said.size() - LAST_LINES), said.size()));
    return last.length() <= LONGEST ? last : "..." + last.substring(last.length() - LONGEST);
  }
}
