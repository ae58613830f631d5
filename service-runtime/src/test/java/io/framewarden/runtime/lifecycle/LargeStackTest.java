package io.framewarden.runtime.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LargeStackTest {
  private static final int DEPTH = 200_000;

  @Test
  void goesDeeperThanAnOrdinaryThread() {
    assertEquals(DEPTH, LargeStack.call(() -> depth(DEPTH)));
    assertThrows(StackOverflowError.class, () -> depth(DEPTH * 50));
  }

  @Test
  void throwsWhatTheWorkThrew() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            LargeStack.call(
                () -> {
                  throw new IllegalArgumentException("no");
                }));
    assertThrows(
        LinkageError.class,
        () ->
            LargeStack.call(
                () -> {
                  throw new LinkageError("no");
                }));
  }

  private static int depth(int left) {
    return left == 0 ? 0 : 1 + depth(left - 1);
  }
}
