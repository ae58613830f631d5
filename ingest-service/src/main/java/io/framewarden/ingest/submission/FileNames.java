package io.framewarden.ingest.submission;

/**
 * Names that uploaders give. They are shown to people and never opened; still, nothing in them
 * shall look like a path, break a line or turn a line around.
 */
public final class FileNames {
  /** The longest name that is taken, in characters. */
  public static final int LONGEST = 255;

  private FileNames() {}

  /**
   * The last part of a name or path, without control and direction characters; of what is longer
   * than {@link #LONGEST} the end, where the ending is.
   */
  public static String harmless(String given) {
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    StringBuilder name = new StringBuilder(last.length());
    last.codePoints()
        .filter(
            point ->
                !Character.isISOControl(point)
                    && Character.getType(point) != Character.FORMAT
                    && Character.getType(point) != Character.LINE_SEPARATOR
                    && Character.getType(point) != Character.PARAGRAPH_SEPARATOR
                    && Character.getType(point) != Character.SURROGATE)
        .forEach(name::appendCodePoint);
    String text = end(name.toString()).strip();
    return text.equals(".") || text.equals("..") ? "" : text;
  }

  private static String end(String name) {
    int from = Math.max(0, name.length() - LONGEST);
    boolean inTheMiddle = from > 0 && Character.isLowSurrogate(name.charAt(from));
    return name.substring(inTheMiddle ? from + 1 : from);
  }
}
