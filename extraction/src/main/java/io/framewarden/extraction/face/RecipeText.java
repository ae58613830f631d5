package io.framewarden.extraction.face;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Formats the parts of recipes, the same way in every Java release. Stateless. */
public final class RecipeText {
  private static final int DECIMALS = 9;

  private RecipeText() {}

  /** A number with up to nine decimals, no exponent, no trailing zeros. */
  public static String number(double value) {
    // Double.toString prints some values differently before and after Java 19.
    return new BigDecimal(value)
        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** A JSON string. */
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u00").append(Character.forDigit(c >> 4, 16));
        quoted.append(Character.forDigit(c & 15, 16));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
