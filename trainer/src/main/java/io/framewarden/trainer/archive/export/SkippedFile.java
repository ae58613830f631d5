package io.framewarden.trainer.archive.export;

/**
 * A file that gave no faces, and why.
 *
 * @param file its name in the data set
 * @param reason one word to count by: a {@link io.framewarden.v1.FailureReason}, or one of the
 *     constants here
 * @param message for a person: what is wrong and, where something can be done, what
 */
public record SkippedFile(String file, String reason, String message) {
  /** It was read, and nobody is in it. */
  public static final String NO_FACE = "NO_FACE";

  /** A list or table of the data set names it, but it is not there. */
  public static final String MISSING = "MISSING";

  /** It is there, but no list of the data set names it. */
  public static final String NOT_LISTED = "NOT_LISTED";

  /** Its name is none that the data set gives. */
  public static final String UNKNOWN_NAME = "UNKNOWN_NAME";

  /** It shows a person of the official test split, and is not on the test list itself. */
  public static final String TEST_PERSON = "TEST_PERSON";

  /** The moderators left open what it is. */
  public static final String UNDECIDED = "UNDECIDED";
}
