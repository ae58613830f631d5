package io.framewarden.trainer.degradation.h264;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.trainer.forgery.SyntheticFaces;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class H264RoundTripTest {
  private static final int SIDE = 224;
  private static final int HEIGHT = 130;

  @BeforeEach
  void needsAnEncoder() {
    assumeTrue(H264RoundTrip.unavailable().isEmpty(), () -> H264RoundTrip.unavailable().orElse(""));
  }

  @Test
  void strongerQuantiserLosesMore() {
    List<GrayImage> clip = clip(6);
    double before = 0;
    for (int quantiser : new int[] {18, 28, 38, 48}) {
      List<GrayImage> decoded = H264RoundTrip.of(clip, quantiser);
      assertEquals(clip.size(), decoded.size());
      double error = error(clip, decoded);
      assertTrue(error > 1.2 * before, "QP " + quantiser + " " + error + " after " + before);
      assertTrue(error < 400, "QP " + quantiser + " " + error);
      before = error;
    }
  }

  @Test
  void imagesComeBackInTheirOrder() {
    List<GrayImage> clip = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      byte[] flat = new byte[SIDE * HEIGHT];
      java.util.Arrays.fill(flat, (byte) (8 * i));
      clip.add(new GrayImage(SIDE, HEIGHT, flat));
    }
    List<GrayImage> decoded = H264RoundTrip.of(clip, 20);
    for (int i = 0; i < clip.size(); i++) {
      assertEquals(8.0 * i, mean(decoded.get(i).pixels()), 3, "image " + i);
    }
  }

  @Test
  void sameClipSameBytes() {
    List<GrayImage> clip = clip(2);
    assertEquals(H264RoundTrip.of(clip, 30).get(1), H264RoundTrip.of(clip, 30).get(1));
  }

  private static List<GrayImage> clip(int images) {
    List<GrayImage> clip = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      clip.add(SyntheticFaces.face(5 + i / 3).image());
    }
    return clip;
  }

  private static double error(List<GrayImage> before, List<GrayImage> after) {
    double sum = 0;
    for (int i = 0; i < before.size(); i++) {
      for (int p = 0; p < before.get(i).pixels().length; p++) {
        double difference = (before.get(i).pixels()[p] & 0xff) - (after.get(i).pixels()[p] & 0xff);
        sum += difference * difference;
      }
    }
    return sum / before.size() / (SIDE * SIDE);
  }

  private static double mean(byte[] gray) {
    long sum = 0;
    for (byte value : gray) {
      sum += value & 0xff;
    }
    return (double) sum / gray.length;
  }
}
