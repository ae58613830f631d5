package io.framewarden.standalone.command;

/** The command's exit statuses. */
final class ExitStatus {
  static final int OK = 0;

  /** Something of ours, or the machine's, failed. */
  static final int FAILED = 1;

  /** Wrong usage: unknown options, missing arguments, bad configuration. */
  static final int USAGE = 2;

  /** Some input was refused or could not be decoded. */
  static final int SOME_REFUSED = 3;

  private ExitStatus() {}
}
