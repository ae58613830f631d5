package io.framewarden.runtime.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsColumnsAndLeavesNoTrailingBlanks() {
    String text = new TextTable("A", "LONG").row("abc", "x").row("", "yy").render();
    assertEquals("A    LONG\nabc  x\n     yy\n", text);
  }
}
