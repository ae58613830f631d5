package io.framewarden.runtime.store;

import java.io.IOException;
import java.util.Locale;

/**
 * There is no room left to store in. Nothing was kept; the same again may work once somebody has
 * made room.
 */
public final class StoreFullException extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreFullException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the system refused a write because the disk, or its owner's share of it, is full. */
  public static boolean isFullDisk(IOException failure) {
    // Java has no type for it, only the system's own words.
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("quota exceeded");
  }
}
