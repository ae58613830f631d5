package io.framewarden.ingest.submission;

import io.framewarden.runtime.store.StoreFullException;
import java.util.List;
import java.util.Locale;

/** Tells a full disk from other I/O errors. The JDK has no exception of its own for it. */
public final class DiskFullErrors {
  private static final List<String> WORDS =
      List.of("no space left", "disk quota exceeded", "not enough space", "storage full");

  private DiskFullErrors() {}

  /** Whether a full disk, or one's share of it, is at the bottom of this. */
  public static boolean isCauseOf(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreFullException) {
        return true;
      }
      String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (WORDS.stream().anyMatch(text::contains)) {
        return true;
      }
    }
    return false;
  }
}
