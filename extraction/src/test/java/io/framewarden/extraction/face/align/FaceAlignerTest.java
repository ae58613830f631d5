package io.framewarden.extraction.face.align;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.schemas.model.Sha256;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class FaceAlignerTest {
  private static final AlignmentTemplate TEMPLATE = AlignmentTemplate.defaults();
  private static final int SIZE = 224;
  private final FaceAligner aligner = new FaceAligner(TEMPLATE);

  /** Smooth, different everywhere, without symmetry. */
  private static double pattern(double x, double y) {
    return 128 + 60 * Math.sin(x / 17 + 0.3) * Math.cos(y / 23) + 40 * Math.sin((x + 2 * y) / 41);
  }

  @Test
  void copiesAFaceThatLiesOnTheTemplateAlready() {
    GrayImage frame = drawn(SIZE, SIZE, FaceAlignerTest::pattern);
    assertArrayEquals(
        frame.pixels(), aligner.align(frame, face(new SimilarityTransform(1, 0, 0, 0))));
  }

  @Test
  void shiftsByWholePixelsWithoutLoss() {
    GrayImage frame = drawn(640, 480, FaceAlignerTest::pattern);
    byte[] aligned = aligner.align(frame, face(new SimilarityTransform(1, 0, 200, 100)));
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        assertEquals(frame.at(x + 200, y + 100), aligned[y * SIZE + x] & 0xff);
      }
    }
  }

  @Test
  void undoesATurnAndAChangeOfSize() {
    for (double degrees : new double[] {-40, 90}) {
      for (double scale : new double[] {0.6, 1.7, 3.1, 6.5}) {
        SimilarityTransform toSource = around(1100, scale, Math.toRadians(degrees));
        SimilarityTransform toTemplate = toSource.inverse();
        GrayImage frame =
            drawn(2200, 2200, (x, y) -> pattern(toTemplate.x(x, y), toTemplate.y(x, y)));
        byte[] aligned = aligner.align(frame, face(toSource));
        assertNear(
            drawn(SIZE, SIZE, FaceAlignerTest::pattern),
            aligned,
            3,
            degrees + " degrees, " + scale);
      }
    }
  }

  @Test
  void fitsLandmarksThatNoSimilarityMatchesInTheSenseOfLeastSquares() {
    List<FacePoint> to = TEMPLATE.points();
    List<FacePoint> from =
        List.of(
            new FacePoint(300, 210),
            new FacePoint(391, 222),
            new FacePoint(340, 268),
            new FacePoint(301, 305),
            new FacePoint(375, 320));
    SimilarityTransform best = SimilarityTransform.fit(from, to);
    double least = error(best, from, to);
    for (double step : new double[] {-1e-3, 1e-3}) {
      assertTrue(
          least
              < error(
                  new SimilarityTransform(best.a() + step, best.b(), best.dx(), best.dy()),
                  from,
                  to));
      assertTrue(
          least
              < error(
                  new SimilarityTransform(best.a(), best.b() + step, best.dx(), best.dy()),
                  from,
                  to));
      assertTrue(
          least
              < error(
                  new SimilarityTransform(best.a(), best.b(), best.dx() + step, best.dy()),
                  from,
                  to));
      assertTrue(
          least
              < error(
                  new SimilarityTransform(best.a(), best.b(), best.dx(), best.dy() + step),
                  from,
                  to));
    }
  }

  @Test
  void cutsTheExpandedSquareWhereThereAreNoLandmarks() {
    // The square is 224 wide and begins at (60, 40): a copy.
    float side = (float) (SIZE / TEMPLATE.boxExpansion());
    FaceBox box =
        new FaceBox(
            60 + SIZE / 2f - side / 2,
            (float) (40 + SIZE / 2.0 - side / 2 - side * TEMPLATE.boxShift()),
            side,
            side);
    GrayImage frame = drawn(400, 400, FaceAlignerTest::pattern);
    byte[] aligned = aligner.align(frame, new DetectedFace(box, List.of(), 1));
    GrayImage wanted = drawn(SIZE, SIZE, (x, y) -> pattern(x + 60, y + 40));
    assertNear(wanted, aligned, 1, "square");
  }

  @Test
  void rotatesTheSquareAsTheFaceIs() {
    float side = (float) (SIZE / TEMPLATE.boxExpansion());
    for (float degrees : new float[] {-25, 90, 180}) {
      SimilarityTransform toSource = around(300, 1, Math.toRadians(degrees));
      SimilarityTransform toSquare = toSource.inverse();
      GrayImage frame = drawn(600, 600, (x, y) -> pattern(toSquare.x(x, y), toSquare.y(x, y)));
      // The box lies above the middle of the square, as seen with the face upright.
      double middle = SIZE / 2.0;
      double up = middle - side * TEMPLATE.boxShift();
      FaceBox box =
          new FaceBox(
              (float) toSource.x(middle, up) - side / 2,
              (float) toSource.y(middle, up) - side / 2,
              side,
              side);
      byte[] aligned = aligner.align(frame, new DetectedFace(box, List.of(), 1, degrees));
      assertNear(drawn(SIZE, SIZE, FaceAlignerTest::pattern), aligned, 3, degrees + " degrees");
    }
  }

  @Test
  void continuesTheEdgeOutsideTheFrame() {
    GrayImage frame = drawn(100, 100, (x, y) -> x < 50 ? 40 : 200);
    byte[] aligned =
        aligner.align(frame, new DetectedFace(new FaceBox(0, 0, 100, 100), List.of(), 1));
    DetectedFace outside = new DetectedFace(new FaceBox(400, 0, 100, 100), List.of(), 1);
    assertEquals(40, aligned[0] & 0xff);
    assertEquals(200, aligned[SIZE - 1] & 0xff);
    for (byte pixel : aligner.align(frame, outside)) {
      assertEquals(200, pixel & 0xff);
    }
  }

  @Test
  void makesFineStripesGrayInsteadOfCoarseOnes() {
    for (double scale : new double[] {2.9, 4.3, 9.7}) {
      GrayImage stripes = drawn(2400, 2400, (x, y) -> ((int) x + (int) y) % 2 == 0 ? 0 : 254);
      byte[] aligned = aligner.align(stripes, face(new SimilarityTransform(scale, 0, 50, 60)));
      assertNear(drawn(SIZE, SIZE, (x, y) -> 127), aligned, 24, "scale " + scale);
    }
  }

  @Test
  void survivesABoxFarLargerThanItsFrame() {
    GrayImage frame = new GrayImage(3, 2, new byte[] {9, 9, 9, 9, 9, 9});
    DetectedFace face = new DetectedFace(new FaceBox(-1e6f, -1e6f, 2e6f, 2e6f), List.of(), 1);
    for (byte pixel : aligner.align(frame, face)) {
      assertEquals(9, pixel);
    }
  }

  @Test
  void refusesAFaceWithoutExtent() {
    GrayImage frame = drawn(50, 50, FaceAlignerTest::pattern);
    FaceBox none = new FaceBox(5, 5, 0, 0);
    FacePoint point = new FacePoint(7, 7);
    DetectedFace boxed = new DetectedFace(none, List.of(), 1);
    DetectedFace marked = new DetectedFace(none, List.of(point, point, point, point, point), 1);
    assertThrows(IllegalArgumentException.class, () -> aligner.align(frame, boxed));
    assertThrows(IllegalArgumentException.class, () -> aligner.align(frame, marked));
  }

  @Test
  void givesTheSameBytesOnEveryMachine() {
    byte[] pixels = new byte[500 * 400];
    int state = 12345;
    for (int i = 0; i < pixels.length; i++) {
      state = state * 1103515245 + 12345;
      pixels[i] = (byte) (state >>> 16);
    }
    byte[] aligned =
        aligner.align(
            new GrayImage(500, 400, pixels),
            face(new SimilarityTransform(1.31, 0.27, 81.5, 33.25)));
    assertEquals(
        "98a2039a796469f41dc7d6f1392db47b11d14dd39f8158cb976595c4fc07a125", Sha256.of(aligned));
  }

  /** Turns and scales the template around its centre, which comes to lie at (middle, middle). */
  private static SimilarityTransform around(double middle, double scale, double turn) {
    double a = scale * Math.cos(turn);
    double b = scale * Math.sin(turn);
    double half = SIZE / 2.0;
    return new SimilarityTransform(a, b, middle - (a - b) * half, middle - (a + b) * half);
  }

  /** A face whose landmarks are the template's, brought into the frame. */
  private static DetectedFace face(SimilarityTransform toSource) {
    List<FacePoint> landmarks =
        TEMPLATE.points().stream()
            .map(
                point ->
                    new FacePoint(
                        (float) toSource.x(point.x(), point.y()),
                        (float) toSource.y(point.x(), point.y())))
            .toList();
    return new DetectedFace(new FaceBox(0, 0, 1, 1), landmarks, 1);
  }

  private static double error(SimilarityTransform map, List<FacePoint> from, List<FacePoint> to) {
    double error = 0;
    for (int i = 0; i < from.size(); i++) {
      FacePoint point = from.get(i);
      error += Math.pow(map.x(point.x(), point.y()) - to.get(i).x(), 2);
      error += Math.pow(map.y(point.x(), point.y()) - to.get(i).y(), 2);
    }
    return error;
  }

  private static GrayImage drawn(int width, int height, DoubleBinaryOperator pattern) {
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = (byte) Math.round(pattern.applyAsDouble(x + 0.5, y + 0.5));
      }
    }
    return new GrayImage(width, height, pixels);
  }

  private static void assertNear(GrayImage wanted, byte[] got, int most, String what) {
    int worst = 0;
    for (int i = 0; i < got.length; i++) {
      worst = Math.max(worst, Math.abs((wanted.pixels()[i] & 0xff) - (got[i] & 0xff)));
    }
    assertTrue(worst <= most, what + " differs by " + worst);
  }
}
