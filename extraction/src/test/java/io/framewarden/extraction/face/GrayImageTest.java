package io.framewarden.extraction.face;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GrayImageTest {
  private static final GrayImage FRAME = new GrayImage(3, 2, new byte[] {1, 2, 3, 4, 5, 6});

  @Test
  void aSquareInsideIsCopied() {
    assertEquals(new GrayImage(2, 2, new byte[] {2, 3, 5, 6}), FRAME.square(1, 0, 2));
  }

  @Test
  void aSquareThatReachesOutRepeatsTheEdge() {
    byte[] expected = {1, 1, 2, 3, 1, 1, 2, 3, 4, 4, 5, 6, 4, 4, 5, 6};
    assertEquals(new GrayImage(4, 4, expected), FRAME.square(-1, -1, 4));
    byte[] below = {6, 6, 6, 6};
    assertEquals(new GrayImage(2, 2, below), FRAME.square(2, 1, 2));
  }

  @Test
  void aSquareOutsideIsTheNearestEdge() {
    assertEquals(new GrayImage(2, 2, new byte[] {1, 1, 4, 4}), FRAME.square(-9, 0, 2));
    assertEquals(new GrayImage(2, 2, new byte[] {6, 6, 6, 6}), FRAME.square(40, 40, 2));
  }
}
