package io.framewarden.extraction.face.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.testkit.video.DrawnFace;
import io.framewarden.testkit.video.DrawnFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as time goes on; whole videos are in DissolvesTest. */
class DissolveDetectorTest {
  private static final int SIDE = 320;

  @ParameterizedTest
  @CsvSource({"4,0.5", "4,1", "4,2", "8,0.5", "8,1", "10,2", "25,0.5", "25,1", "25,2"})
  void aDissolveIsOneCutBeforeItHasEnded(double rate, double seconds) {
    double start = 1.6;
    List<Double> cuts =
        cuts(
            rate,
            start + seconds + 2.5,
            t -> blend(room(t), otherRoom(t), Math.min(1, Math.max(0, (t - start) / seconds))));
    assertEquals(1, cuts.size(), cuts.toString());
    double middle = start + seconds / 2;
    // The second room has more contrast, and so prevails early.
    assertTrue(cuts.get(0) >= middle - 0.2 * seconds, cuts.toString());
    assertTrue(cuts.get(0) <= start + seconds + 1 / rate, cuts.toString());
  }

  @Test
  void twoDissolvesAreTwoCuts() {
    List<Double> cuts =
        cuts(
            8,
            7,
            t -> {
              double share = t < 4 ? t - 1 : 5 - t;
              return blend(room(t), otherRoom(t), Math.min(1, Math.max(0, share)));
            });
    assertEquals(2, cuts.size(), cuts.toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {4, 10})
  void aDissolveToTheSameSceneIsNone(double rate) {
    assertNone(rate, 4, t -> blend(room(t), room(t + 1), Math.min(1, t / 2)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.1, 0.2, 0.4, 0.8})
  void aPanIsNone(double widths) {
    GrayImage wide = wide();
    double seconds = Math.min(6, 2 / widths);
    for (double rate : new double[] {4, 10}) {
      assertNone(rate, seconds, t -> view(wide, t * widths * SIDE, 100, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.1, 1.4, 2})
  void aZoomIsNone(double factor) {
    GrayImage wide = wide();
    double seconds = Math.log(3) / Math.log(factor);
    for (double rate : new double[] {4, 10}) {
      assertNone(rate, seconds, t -> zoomed(wide, Math.pow(factor, -t)));
      assertNone(rate, seconds, t -> zoomed(wide, Math.pow(factor, t - seconds)));
    }
  }

  /** What comes in at the edges is new; only the wider frame has what the nearer one shows. */
  @ParameterizedTest
  @ValueSource(doubles = {1.05, 1.1, 1.2})
  void zoomingOutFromAFaceIsNone(double factor) {
    DrawnFrame canvas = new DrawnFrame(520, 520);
    for (int i = 0; i < 24; i++) {
      double angle = i * 2.4;
      double far = 130 + 4.5 * i;
      canvas.ellipse(
          260 + far * Math.cos(angle), 260 + far * Math.sin(angle), 30, 45, 30 + i * 53 % 210, i);
    }
    new DrawnFace(260, 260, 210).drawOn(canvas);
    canvas.blur(4);
    GrayImage wide = finished(canvas, 1);
    double seconds = Math.log(3) / Math.log(factor);
    for (double rate : new double[] {4, 8}) {
      assertNone(
          rate,
          seconds,
          t -> {
            double side = 520 * Math.pow(factor, t - seconds);
            return view(wide, 260 - side / 2, 260 - side / 2, side / SIDE);
          });
    }
  }

  @Test
  void aHeadThatTurnsAndNodsIsNone() {
    for (double rate : new double[] {4, 10}) {
      assertNone(rate, 6, t -> head(160 + 60 * Math.sin(2 * t), 35 * Math.sin(1.3 * t), 250));
    }
  }

  @Test
  void aPersonWhoComesNearIsNone() {
    for (double rate : new double[] {4, 10}) {
      assertNone(rate, 5, t -> head(100 + 20 * t, 0, 60 + 50 * t));
    }
  }

  @Test
  void aPersonWhoWalksThroughIsNone() {
    for (double rate : new double[] {4, 10}) {
      assertNone(rate, 5, t -> head(-150 + 150 * t, 0, 240));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void aChangeOfLightIsNone(double seconds) {
    GrayImage room = room(0);
    for (double rate : new double[] {4, 10}) {
      for (double gain : new double[] {0.25, 2}) {
        assertNone(rate, 5, t -> lit(room, 1 + (gain - 1) * share(t, seconds), 0));
      }
      assertNone(rate, 5, t -> lit(room, 1, 1.5 * share(t, seconds)));
    }
  }

  @Test
  void aFadeToBlackAndBackIsNone() {
    GrayImage room = room(0);
    assertNone(8, 5, t -> lit(room, Math.abs(1 - Math.min(2, t)), 0));
  }

  @Test
  void aHardCutIsLeftToTheOtherDetector() {
    assertNone(8, 4, t -> t < 2 ? room(t) : otherRoom(t));
  }

  private static double share(double second, double seconds) {
    return Math.min(1, Math.max(0, (second - 1) / seconds));
  }

  private static void assertNone(double rate, double seconds, DoubleFunction<GrayImage> frames) {
    assertEquals(List.of(), cuts(rate, seconds, frames));
  }

  private static List<Double> cuts(double rate, double seconds, DoubleFunction<GrayImage> frames) {
    DissolveDetector detector = new DissolveDetector();
    List<Double> cuts = new ArrayList<>();
    for (int i = 0; i / rate <= seconds; i++) {
      double second = i / rate;
      if (detector.next(Math.round(second * 1e6), SmallFrame.of(frames.apply(second)))) {
        cuts.add(second);
      }
    }
    return cuts;
  }

  private static GrayImage room(double second) {
    return head(150 + 8 * Math.sin(3 * second), 4 * Math.sin(2 * second), 150);
  }

  /** Another room with another person at the same place. */
  private static GrayImage otherRoom(double second) {
    DrawnFrame canvas = new DrawnFrame(SIDE, SIDE);
    canvas.ellipse(60, 200, 40, 190, 30);
    canvas.ellipse(270, 90, 50, 110, 215);
    canvas.ellipse(190, 320, 65, 50, 170);
    canvas.ellipse(150, 20, 90, 15, 190);
    new DrawnFace(155 + 6 * Math.sin(2 * second), 160, 130).drawOn(canvas);
    return finished(canvas, (long) (second * 1000));
  }

  private static GrayImage head(double x, double tilt, double size) {
    DrawnFrame canvas = new DrawnFrame(SIDE, SIDE);
    canvas.ellipse(32, 48, 96, 64, 200);
    canvas.ellipse(272, 300, 110, 64, 40);
    canvas.ellipse(250, 60, 20, 50, 60);
    new DrawnFace(x, 160, size, tilt).drawOn(canvas);
    return finished(canvas, (long) (x * 100));
  }

  private static GrayImage finished(DrawnFrame canvas, long seed) {
    canvas.blur(1);
    canvas.noise(2, seed);
    return new GrayImage(canvas.width(), canvas.height(), canvas.pixels());
  }

  /** A long room with much in it. */
  private static GrayImage wide() {
    DrawnFrame canvas = new DrawnFrame(1300, 520);
    for (int i = 0; i < 60; i++) {
      double x = i * 397 % 1300;
      double y = i * 211 % 520;
      canvas.ellipse(x, y, 15 + i * 29 % 80, 10 + i * 17 % 60, 20 + i * 53 % 220, i * 31);
    }
    new DrawnFace(650, 260, 180).drawOn(canvas);
    return finished(canvas, 1);
  }

  private static GrayImage zoomed(GrayImage wide, double scale) {
    double side = 520 * scale;
    return view(wide, 640 - side / 2, 255 - side / 2, side / SIDE);
  }

  private static GrayImage view(GrayImage frame, double left, double top, double scale) {
    return new GrayImage(
        SIDE, SIDE, new AffineSampler(frame).square(left, top, SIDE * scale, SIDE));
  }

  private static GrayImage blend(GrayImage one, GrayImage other, double share) {
    byte[] pixels = new byte[one.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] =
          (byte)
              Math.round(
                  (one.pixels()[i] & 0xff) * (1 - share) + (other.pixels()[i] & 0xff) * share);
    }
    return new GrayImage(one.width(), one.height(), pixels);
  }

  /** Lit by another light all over, and by a lamp at the upper right. */
  private static GrayImage lit(GrayImage frame, double gain, double lamp) {
    byte[] pixels = new byte[frame.pixels().length];
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        double distance = Math.hypot(x - 250.0, y - 80.0) / 120;
        double light = gain + lamp * Math.exp(-distance * distance);
        pixels[y * frame.width() + x] = (byte) Math.min(255, Math.round(frame.at(x, y) * light));
      }
    }
    return new GrayImage(frame.width(), frame.height(), pixels);
  }
}
