package io.framewarden.ingest.access;

import java.util.Locale;

/** What a token may do. */
public enum Role {
  /** Hands videos in; sees and deletes its own. */
  UPLOADER,
  /** Sees every video, and decides on verdicts. */
  MODERATOR,
  /** Everything. */
  ADMIN;

  /** As it is written in files and on command lines. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
