package io.framewarden.schemas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadsheetTextTest {
  @Test
  void whatIsNoFormulaStaysAsItIs() {
    for (String text :
        List.of("", "clip.mp4", "a-b", "a=b", "1;2", "it's", "x, y", "\u00fc;\u00fc")) {
      assertEquals(text, SpreadsheetText.cell(text));
    }
  }

  @Test
  void formulasBecomeTexts() {
    for (String formula :
        List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff20x")) {
      assertEquals('\'', SpreadsheetText.cell(formula).charAt(0), formula);
    }
    assertEquals("'=cmd|'/c calc'!A0", SpreadsheetText.cell("=cmd|'/c calc'!A0"));
  }

  @Test
  void soDoThoseBehindTheEndOfACellInOtherLanguages() {
    assertEquals("a;'=1", SpreadsheetText.cell("a;=1"));
    assertEquals("a,'@x", SpreadsheetText.cell("a,@x"));
    assertEquals("a|'-1", SpreadsheetText.cell("a|-1"));
    assertEquals("a\n'+1", SpreadsheetText.cell("a\n+1"));
    assertEquals("a;';';'=1", SpreadsheetText.cell("a;';';=1"));
    assertEquals("a\t'\t'=1", SpreadsheetText.cell("a\t\t=1"));
  }
}
