package io.framewarden.schemas.text;

import java.util.stream.Collectors;

/**
 * Makes every character of a text visible. Characters that would break a line, control a terminal,
 * reverse the direction of a line or have no UTF-8 form are escaped, as <code>&#92;u001b</code>.
 * Stateless.
 */
public final class VisibleText {
  private VisibleText() {}

  /**
   * Escapes control, format, line separator and lone surrogate characters as <code>&#92;uXXXX
   * </code>. JSON on one line stays the JSON of the same value, since such characters stand only
   * inside of its strings.
   */
  public static String of(String text) {
    if (text.codePoints().allMatch(VisibleText::isVisible)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(visible, point));
    return visible.toString();
  }

  /**
   * Escapes as {@link #of(String)} and cuts off what exceeds a length.
   *
   * @param maxLength in UTF-16 units; a surrogate pair is never cut in two
   */
  public static String of(String text, int maxLength) {
    return cut(of(cut(text, maxLength)), maxLength);
  }

  /** Escapes each line as {@link #of(String)}; line breaks stay, as {@code \n}. */
  public static String ofLines(String text) {
    return text.lines().map(VisibleText::of).collect(Collectors.joining("\n"));
  }

  private static String cut(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    boolean splitsPair = maxLength > 0 && Character.isHighSurrogate(text.charAt(maxLength - 1));
    return text.substring(0, splitsPair ? maxLength - 1 : maxLength);
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
