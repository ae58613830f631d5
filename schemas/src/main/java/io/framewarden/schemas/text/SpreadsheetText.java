package io.framewarden.schemas.text;

import java.util.regex.Pattern;

/**
 * Texts of others in tables that people open in a spreadsheet, which would run what looks like a
 * formula. Stateless.
 */
public final class SpreadsheetText {
  /**
   * What begins a formula (the wide forms too), where a cell begins: also behind what another
   * language's spreadsheets take for the end of a cell.
   */
  private static final Pattern FORMULA =
      Pattern.compile("(^|[,;|\\t\\r\\n])(?=[=+\\-@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

  private SpreadsheetText() {}

  /** The text, with an apostrophe before what would be taken for a formula. */
  public static String cell(String text) {
    return FORMULA.matcher(text).replaceAll("$1'");
  }
}
