package io.framewarden.runtime.command;

/** The command's exit statuses. */
public final class ExitStatus {
  public static final int OK = 0;

  /** Something of ours, or the machine's, failed. */
  public static final int FAILED = 1;

  /** Wrong usage: unknown options, missing arguments, bad configuration. */
  public static final int USAGE = 2;

  /** Some input was refused or could not be decoded. */
  public static final int SOME_REFUSED = 3;

  /** Stopped by Ctrl-C or a termination signal, as shells say it: 128 + SIGINT. */
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
