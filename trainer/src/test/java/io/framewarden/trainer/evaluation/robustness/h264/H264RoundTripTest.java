package io.framewarden.trainer.evaluation.robustness.h264;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewarden.trainer.forgery.SyntheticFaces;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class H264RoundTripTest {
  private static final int SIDE = 224;

  @BeforeEach
  void needsAnEncoder() {
    assumeTrue(H264RoundTrip.unavailable().isEmpty(), () -> H264RoundTrip.unavailable().orElse(""));
  }

  @Test
  void strongerQuantiserLosesMore() {
    List<byte[]> clip = clip(6);
    double before = 0;
    for (int quantiser : new int[] {18, 28, 38, 48}) {
      List<byte[]> decoded = H264RoundTrip.of(clip, SIDE, quantiser);
      assertEquals(clip.size(), decoded.size());
      double error = error(clip, decoded);
      assertTrue(error > 1.2 * before, "QP " + quantiser + " " + error + " after " + before);
      assertTrue(error < 400, "QP " + quantiser + " " + error);
      before = error;
    }
  }

  @Test
  void imagesComeBackInTheirOrder() {
    List<byte[]> clip = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      byte[] flat = new byte[SIDE * SIDE];
      java.util.Arrays.fill(flat, (byte) (8 * i));
      clip.add(flat);
    }
    List<byte[]> decoded = H264RoundTrip.of(clip, SIDE, 20);
    for (int i = 0; i < clip.size(); i++) {
      assertEquals(8.0 * i, mean(decoded.get(i)), 3, "image " + i);
    }
  }

  @Test
  void sameClipSameBytes() {
    List<byte[]> clip = clip(2);
    assertArrayEquals(
        H264RoundTrip.of(clip, SIDE, 30).get(1), H264RoundTrip.of(clip, SIDE, 30).get(1));
  }

  private static List<byte[]> clip(int images) {
    List<byte[]> clip = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      clip.add(SyntheticFaces.face(5 + i / 3).pixels());
    }
    return clip;
  }

  private static double error(List<byte[]> before, List<byte[]> after) {
    double sum = 0;
    for (int i = 0; i < before.size(); i++) {
      for (int p = 0; p < before.get(i).length; p++) {
        double difference = (before.get(i)[p] & 0xff) - (after.get(i)[p] & 0xff);
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
