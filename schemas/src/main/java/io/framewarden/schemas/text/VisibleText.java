package io.framewarden.schemas.text;

import java.util.stream.Collectors;

/**
 * Text whose every character can be seen. What would break a line, steer a terminal, turn a line
 * around or be nothing at all in UTF-8 is written out, as <code>&#92;u001b</code>.
 */
public final class VisibleText {
  private VisibleText() {}

  /**
   * The text with its control, format, line separator and lone surrogate characters as <code>
   * &#92;uXXXX</code>. JSON stays the JSON of the same value, as long as it is on one line: such
   * characters are only inside of its strings.
   */
  public static String of(String text) {
    if (text.codePoints().allMatch(VisibleText::isVisible)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(visible, point));
    return visible.toString();
  }

  /** The same, and what is beyond a number of characters is cut off. */
  public static String of(String text, int longest) {
    return cut(of(cut(text, longest)), longest);
  }

  /** Several lines of text, each as above. */
  public static String ofLines(String text) {
    return text.lines().map(VisibleText::of).collect(Collectors.joining("\n"));
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean inTheMiddle = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, inTheMiddle ? longest - 1 : longest);
  }

  private static void append(StringBuilder visible, int point) {
    if (isVisible(point)) {
      visible.appendCodePoint(point);
      return;
    }
    for (char unit : Character.toChars(point)) {
      visible.append(String.format("\\u%04x", (int) unit));
    }
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
