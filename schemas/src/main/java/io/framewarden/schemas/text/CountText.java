package io.framewarden.schemas.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Counts and their nouns in English. Stateless. */
public final class CountText {
  private static final int MICROS_DIGITS = 6;
  private static final int MILLIS_DIGITS = 3;

  private CountText() {}

  /**
   * "1 frame", "2 frames", "0 frames".
   *
   * @param noun in the singular; its plural ends in s
   */
  public static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** "1 second", "0.25 seconds"; rounded up to a millisecond, so that only 0 is "0 seconds". */
  public static String seconds(long micros) {
    BigDecimal seconds =
        BigDecimal.valueOf(micros, MICROS_DIGITS)
            .setScale(MILLIS_DIGITS, RoundingMode.UP)
            .stripTrailingZeros();
    String text = seconds.toPlainString();
    return text + (text.equals("1") ? " second" : " seconds");
  }
}
