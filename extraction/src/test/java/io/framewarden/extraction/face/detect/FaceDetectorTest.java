package io.framewarden.extraction.face.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.testkit.video.DrawnFace;
import io.framewarden.testkit.video.DrawnFrame;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every face detector does, on drawn faces whose geometry is known. */
@Tag("slow")
class FaceDetectorTest {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  /** Landmarks of {@link DrawnFace} around its centre, in its sizes. */
  private static final List<FacePoint> DRAWN =
      List.of(
          new FacePoint(-0.17f, -0.105f),
          new FacePoint(0.17f, -0.105f),
          new FacePoint(0, 0.13f),
          new FacePoint(-0.14f, 0.285f),
          new FacePoint(0.14f, 0.285f));

  @ParameterizedTest
  @EnumSource
  void findsADrawnFaceWhereItIs(OpenedDetectors which) {
    try (FaceDetector detector = which.open()) {
      for (double size : new double[] {160, 250, 340}) {
        DrawnFace drawn = new DrawnFace(700, 350, size);
        List<DetectedFace> found = detector.detect(frame(drawn));
        assertEquals(1, found.size(), which + " at " + size + ": " + found);
        assertFits(drawn, found.get(0), which + " at " + size + ": " + found);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesSeveralPeopleFromLeftToRight(OpenedDetectors which) {
    DrawnFace left = new DrawnFace(300, 400, 220);
    DrawnFace right = new DrawnFace(900, 320, 200);
    try (FaceDetector detector = which.open()) {
      List<DetectedFace> found = detector.detect(frame(right, left));
      assertEquals(2, found.size(), which + ": " + found);
      assertFits(left, found.get(0), which + ": " + found);
      assertFits(right, found.get(1), which + ": " + found);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsNobodyInAnEmptyRoom(OpenedDetectors which) {
    try (FaceDetector detector = which.open()) {
      assertEquals(List.of(), detector.detect(frame()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsNobodyInFramesTooSmallForAFace(OpenedDetectors which) {
    try (FaceDetector detector = which.open()) {
      for (int side = 1; side < 40; side += 7) {
        GrayImage tiny = new GrayImage(side, 3 * side, new byte[3 * side * side]);
        assertEquals(List.of(), detector.detect(tiny));
        assertEquals(List.of(), detector.detect(new GrayImage(3 * side, side, tiny.pixels())));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameFacesEachTimeAndInEachInstance(OpenedDetectors which) {
    GrayImage two = frame(new DrawnFace(300, 400, 220), new DrawnFace(900, 320, 200));
    GrayImage other = frame(new DrawnFace(640, 360, 300));
    try (FaceDetector detector = which.open();
        FaceDetector second = which.open()) {
      List<DetectedFace> first = detector.detect(two);
      assertNotEquals(first, detector.detect(other));
      assertEquals(first, detector.detect(two));
      assertEquals(first, second.detect(two));
      assertEquals(detector.recipe(), second.recipe());
    }
  }

  @ParameterizedTest
  @EnumSource
  void looksForNoFaceSmallerThanAskedFor(OpenedDetectors which) {
    FaceDetectorConfig usual = which.config();
    FaceDetectorConfig large =
        new FaceDetectorConfig(
            usual.kind(),
            usual.model(),
            400,
            usual.minConfidence(),
            usual.longSide(),
            usual.search());
    try (FaceDetector detector = FaceDetectors.open(large)) {
      assertEquals(List.of(), detector.detect(frame(new DrawnFace(640, 360, 200))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsRecipeNamesEverySetting(OpenedDetectors which) {
    FaceDetectorConfig usual = which.config();
    String recipe = recipe(usual);
    double confidence = usual.minConfidence();
    assertNotEquals(recipe, recipe(changed(usual, 65, confidence, 640)));
    assertNotEquals(recipe, recipe(changed(usual, 64, 0.61, 640)));
    assertNotEquals(recipe, recipe(changed(usual, 64, confidence, 800)));
    assertTrue(recipe.startsWith(usual.kind().name().toLowerCase(Locale.ROOT)), recipe);
  }

  private static FaceDetectorConfig changed(
      FaceDetectorConfig usual, int minSize, double confidence, int longSide) {
    return new FaceDetectorConfig(
        usual.kind(), usual.model(), minSize, confidence, longSide, usual.search());
  }

  private static String recipe(FaceDetectorConfig config) {
    try (FaceDetector detector = FaceDetectors.open(config)) {
      return detector.recipe();
    }
  }

  private static void assertFits(DrawnFace drawn, DetectedFace found, String all) {
    double size = drawn.size();
    FacePoint centre = found.box().centre();
    assertEquals(drawn.x(), centre.x(), 0.1 * size, all);
    assertEquals(drawn.y(), centre.y(), 0.2 * size, all);
    assertEquals(size, found.box().width(), 0.35 * size, all);
    for (int i = 0; i < found.landmarks().size(); i++) {
      FacePoint point = found.landmarks().get(i);
      assertEquals(drawn.x() + DRAWN.get(i).x() * size, point.x(), 0.08 * size, i + " of " + all);
      assertEquals(drawn.y() + DRAWN.get(i).y() * size, point.y(), 0.08 * size, i + " of " + all);
    }
  }

  private static GrayImage frame(DrawnFace... faces) {
    DrawnFrame canvas = new DrawnFrame(WIDTH, HEIGHT);
    for (DrawnFace face : faces) {
      face.drawOn(canvas);
    }
    canvas.blur(1);
    canvas.noise(2.5, 7);
    return new GrayImage(WIDTH, HEIGHT, canvas.pixels());
  }
}
