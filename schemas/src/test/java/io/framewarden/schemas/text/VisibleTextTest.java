package io.framewarden.schemas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void whatCanBeSeenStays() {
    String text = "Größe 影片 \ud83d\ude00 a\\b \"x\".mp4";
    assertSame(text, VisibleText.of(text));
    assertEquals("", VisibleText.of(""));
  }

  @Test
  void whatCannotBeSeenIsWrittenOut() {
    assertEquals("a\\u000d\\u000aX: y", VisibleText.of("a\r\nX: y"));
    assertEquals(
        "\\u0000\\u0009\\u001b[2J\\u0007\\u007f", VisibleText.of("\0\t\u001b[2J\u0007\177"));
    assertEquals("\\u009b31m", VisibleText.of("\u009b31m"));
    assertEquals("\\u202egpj\\u2028\\u2029\\ufeff", VisibleText.of("\u202egpj\u2028\u2029\ufeff"));
    assertEquals("\\udb40\\udc41", VisibleText.of("\udb40\udc41"));
  }

  @Test
  void linesStayLinesWhereTheyAreWanted() {
    assertEquals("a\n b\\u001b\nc", VisibleText.ofLines("a\n b\u001b\r\nc\n"));
  }

  @Test
  void halfACharacterIsNone() {
    assertEquals("a\\ud83db", VisibleText.of("a\ud83db"));
    assertEquals("\\ude00", VisibleText.of("\ude00"));
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertEquals("abc", VisibleText.of("abc", 3));
    assertEquals("abc", VisibleText.of("abcd", 3));
    assertEquals("\\u000a", VisibleText.of("\n\n", 6));
    assertEquals("a\ud83d\ude00", VisibleText.of("a\ud83d\ude00b", 3));
    assertEquals("ab", VisibleText.of("ab\ud83d\ude00", 3));
    assertEquals(1000, VisibleText.of("\n".repeat(1 << 20), 1000).length());
  }
}
