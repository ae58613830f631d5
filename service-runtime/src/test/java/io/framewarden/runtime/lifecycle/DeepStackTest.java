package io.framewarden.runtime.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DeepStackTest {
  private static final int DEPTH = 200_000;

  @Test
  void goesDeeperThanAnOrdinaryThread() {
    assertEquals(DEPTH, DeepStack.call(() -> depth(DEPTH)));
    assertThrows(StackOverflowError.class, () -> depth(DEPTH * 50));
  }

  @Test
  void throwsWhatTheWorkThrew() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            DeepStack.call(
                () -> {
                  throw new IllegalArgumentException("no");
                }));
    assertThrows(
        LinkageError.class,
        () ->
            DeepStack.call(
                () -> {
                  throw new LinkageError("no");
                }));
  }

  private static int depth(int left) {
    return left == 0 ? 0 : 1 + depth(left - 1);
  }
}
