package io.framewarden.extraction.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameScalerTest {
  @Test
  void leavesASmallEnoughFrameAlone() {
    GrayImage frame = noise(64, 48);
    assertSame(frame, FrameScaler.toLongSide(frame, 64));
    assertSame(frame, FrameScaler.toSize(frame, 64, 48));
  }

  @Test
  void keepsTheAspect() {
    assertSize(640, 360, FrameScaler.toLongSide(noise(1280, 720), 640));
    assertSize(360, 640, FrameScaler.toLongSide(noise(720, 1280), 640));
    assertSize(640, 480, FrameScaler.toLongSide(noise(1000, 750), 640));
    assertSize(10, 1, FrameScaler.toLongSide(noise(400, 2), 10));
  }

  @Test
  void eachValueIsTheMeanOfWhatItCovers() {
    GrayImage frame = noise(53, 37);
    GrayImage reduced = FrameScaler.toSize(frame, 17, 11);
    for (int y = 0; y < 11; y++) {
      for (int x = 0; x < 17; x++) {
        assertEquals(
            mean(frame, x * 53 / 17.0, (x + 1) * 53 / 17.0, y * 37 / 11.0, (y + 1) * 37 / 11.0),
            reduced.at(x, y),
            0.500001,
            x + "," + y);
      }
    }
  }

  @Test
  void halvesOddFramesByTheirEdge() {
    GrayImage halved =
        FrameScaler.halve(new GrayImage(3, 3, new byte[] {0, 2, 10, 4, 6, 20, 7, 9, 30}));
    assertEquals(new GrayImage(2, 2, new byte[] {3, 15, 8, 30}), halved);
  }

  @Test
  void refusesToEnlarge() {
    GrayImage frame = noise(8, 8);
    assertThrows(IllegalArgumentException.class, () -> FrameScaler.toSize(frame, 9, 8));
  }

  private static double mean(
      GrayImage frame, double left, double right, double top, double bottom) {
    double sum = 0;
    for (int y = 0; y < frame.height(); y++) {
      double down = Math.max(0, Math.min(bottom, y + 1) - Math.max(top, y));
      for (int x = 0; x < frame.width(); x++) {
        double across = Math.max(0, Math.min(right, x + 1) - Math.max(left, x));
        sum += across * down * frame.at(x, y);
      }
    }
    return sum / ((right - left) * (bottom - top));
  }

  private static GrayImage noise(int width, int height) {
    byte[] pixels = new byte[width * height];
    new Random(3).nextBytes(pixels);
    return new GrayImage(width, height, pixels);
  }

  private static void assertSize(int width, int height, GrayImage frame) {
    assertEquals(width, frame.width());
    assertEquals(height, frame.height());
  }
}
