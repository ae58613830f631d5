package io.framewarden.runtime.command;

import io.framewarden.runtime.config.Settings;

/**
 * A person who waits for an answer wants to read that and not the life of the services behind it; a
 * service's log wants both. Takes effect only before the first logger is made.
 */
public final class CommandLogging {
  private static final String LIBRARY_LEVEL = "framewarden.library.log.level";

  private CommandLogging() {}

  /** Only errors, unless the environment asks for more. */
  public static void quiet() {
    if (System.getenv(Settings.LOG_LEVEL) == null) {
      System.setProperty(Settings.LOG_LEVEL, "ERROR");
      System.setProperty(LIBRARY_LEVEL, "ERROR");
    }
  }
}
