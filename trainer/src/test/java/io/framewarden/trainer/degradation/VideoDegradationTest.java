package io.framewarden.trainer.degradation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VideoDegradationTest {
  private static final DegradationPolicy STANDARD = DegradationPolicy.standard();
  private static final DegradationPolicy ALWAYS =
      new DegradationPolicy(1, 1, 0.5, 56, 224, 18, 34, 0.1);

  /** Through sizes, pans, zooms and codecs the landmarks stay on what they mark. */
  @Test
  void landmarksFollowTheFace() {
    LocatedFace face = dots();
    List<FacePoint> template = AlignmentTemplate.defaults().points();
    for (long seed = 0; seed < 40; seed++) {
      LocatedFace seen = VideoDegradation.draw(ALWAYS, 1, new SplittableRandom(seed)).apply(face);
      byte[] aligned = AlignmentJitter.NONE.align(seen);
      for (FacePoint place : template) {
        FacePoint dark = darkestNear(aligned, place);
        // A pixel of a small face is several of the aligned one.
        double tolerance = 1.5 + 1.2 * 168 / seen.width();
        assertEquals(place.x(), dark.x(), tolerance, "seed " + seed);
        assertEquals(place.y(), dark.y(), tolerance, "seed " + seed);
      }
    }
  }

  @Test
  void sameDrawDoesTheSameToBothOfAPair() {
    LocatedFace face = face();
    for (long seed = 0; seed < 10; seed++) {
      VideoDegradation once = VideoDegradation.draw(STANDARD, 1, new SplittableRandom(seed));
      VideoDegradation again = VideoDegradation.draw(STANDARD, 1, new SplittableRandom(seed));
      LocatedFace seen = once.apply(face);
      assertEquals(seen, once.apply(face));
      assertEquals(seen, again.apply(face));
    }
  }

  @Test
  void faceHasTheWidthThatItIsToHaveInTheVideo() {
    for (double width : new double[] {56, 90, 140}) {
      LocatedFace seen = VideoDegradation.h264(width, 23).apply(face());
      assertEquals(width, seen.width(), 0.02 * width);
      assertEquals(0, seen.image().width() % 2);
    }
  }

  @Test
  void smallerFacesAndCoarserQuantisersLoseMore() {
    double before = 0;
    for (VideoDegradation degradation :
        List.of(
            VideoDegradation.h264(160, 18),
            VideoDegradation.h264(160, 34),
            VideoDegradation.h264(60, 34))) {
      double error = error(degradation);
      assertTrue(error > before, error + " after " + before);
      before = error;
    }
  }

  @Test
  void strengthGrowsOverTheWarmup() {
    assertEquals(0, STANDARD.strength(0, 1000));
    assertEquals(0.5, STANDARD.strength(75, 1000), 1e-9);
    assertEquals(1, STANDARD.strength(150, 1000));
    assertEquals(1, STANDARD.strength(999, 1000));
    assertTrue(meanError(1) > 1.5 * meanError(0), meanError(0) + " to " + meanError(1));
  }

  @Test
  void faceAtTheBorderOfItsPhotographIsMirroredBeyondIt() {
    byte[] gray = new byte[120 * 100];
    Arrays.fill(gray, (byte) 90);
    List<FacePoint> corner =
        AlignmentTemplate.defaults().points().stream()
            .map(point -> new FacePoint(point.x() - 60, point.y() - 50))
            .toList();
    LocatedFace face = new LocatedFace(new GrayImage(120, 100, gray), corner);
    for (byte level : AlignmentJitter.NONE.align(VideoDegradation.h264(160, 20).apply(face))) {
      assertEquals(90, level, 2);
    }
  }

  @Test
  void mistakesOfAPolicyAreNamed() {
    var share =
        assertThrows(
            IllegalArgumentException.class,
            () -> new DegradationPolicy(1.2, 0.7, 0.2, 56, 224, 18, 38, 0.1));
    assertTrue(share.getMessage().contains("share of degraded pairs"), share.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new DegradationPolicy(1, 0.7, 0.2, 224, 56, 18, 38, 0.1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DegradationPolicy(1, 0.7, 0.2, 56, 224, 18, 52, 0.1));
  }

  @Test
  void jitterMovesMaskAndFaceAlike() {
    LocatedFace face = dots();
    for (long seed = 0; seed < 10; seed++) {
      AlignmentJitter jitter = AlignmentJitter.draw(new SplittableRandom(seed));
      byte[] aligned = jitter.align(face);
      byte[] mask = jitter.alignMask(face);
      double sum = 0;
      for (int i = 0; i < mask.length; i++) {
        sum += Math.abs((mask[i] & 0xff) - (aligned[i] & 0xff));
      }
      assertTrue(sum / mask.length < 1, "seed " + seed + ": " + sum / mask.length);
    }
  }

  @Test
  void mirroringExchangesLeftAndRight() {
    byte[] plain = AlignmentJitter.NONE.align(face());
    byte[] mirrored = new AlignmentJitter(true, 0, 1, 0, 0).align(face());
    byte[] expected = new byte[plain.length];
    for (int i = 0; i < plain.length; i++) {
      expected[i] = plain[i - i % 224 + 223 - i % 224];
    }
    assertArrayEquals(expected, mirrored);
  }

  private static double meanError(double strength) {
    double sum = 0;
    for (long seed = 0; seed < 40; seed++) {
      sum += error(VideoDegradation.draw(STANDARD, strength, new SplittableRandom(seed)));
    }
    return sum / 40;
  }

  private static double error(VideoDegradation degradation) {
    byte[] before = AlignmentJitter.NONE.align(face());
    byte[] after = AlignmentJitter.NONE.align(degradation.apply(face()));
    double sum = 0;
    for (int i = 0; i < before.length; i++) {
      sum += Math.abs((before[i] & 0xff) - (after[i] & 0xff));
    }
    return sum / before.length;
  }

  private static LocatedFace face() {
    FacePhotograph face = SyntheticFaces.face(3);
    return new LocatedFace(face.image(), face.landmarks().five());
  }

  /** A tilted face of 150 pixels in 300 x 260: light, with a dark dot on each landmark. */
  private static LocatedFace dots() {
    double a = 0.85 * Math.cos(0.2);
    double b = 0.85 * Math.sin(0.2);
    List<FacePoint> points =
        AlignmentTemplate.defaults().points().stream()
            .map(
                point ->
                    new FacePoint(
                        (float) (a * point.x() - b * point.y() + 80),
                        (float) (b * point.x() + a * point.y() + 20)))
            .toList();
    byte[] pixels = new byte[300 * 260];
    for (int i = 0; i < pixels.length; i++) {
      double level = 190;
      for (FacePoint point : points) {
        double x = i % 300 + 0.5 - point.x();
        double y = i / 300 + 0.5 - point.y();
        level -= 150 * Math.exp(-(x * x + y * y) / 50);
      }
      pixels[i] = (byte) Math.round(level);
    }
    return new LocatedFace(new GrayImage(300, 260, pixels), points);
  }

  /** The centre of what is dark around a place; light and tone may have changed. */
  private static FacePoint darkestNear(byte[] aligned, FacePoint place) {
    int least = 255;
    int most = 0;
    for (int pass = 0; ; pass++) {
      double x = 0;
      double y = 0;
      double weight = 0;
      for (int row = (int) place.y() - 22; row <= place.y() + 22; row++) {
        for (int column = (int) place.x() - 22; column <= place.x() + 22; column++) {
          int level = aligned[row * 224 + column] & 0xff;
          least = Math.min(least, level);
          most = Math.max(most, level);
          double w = Math.max(0, least + 0.5 * (most - least) - level);
          x += w * (column + 0.5);
          y += w * (row + 0.5);
          weight += w;
        }
      }
      if (pass == 1) {
        return new FacePoint((float) (x / weight), (float) (y / weight));
      }
    }
  }
}
