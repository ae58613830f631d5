package io.framewarden.extraction.face.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.testkit.video.DrawnFace;
import io.framewarden.testkit.video.DrawnFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

class LandmarkedFaceDetectorTest {
  private static final FaceBox ON_FACE = new FaceBox(200, 120, 200, 200);
  private static final FaceBox ON_WALL = new FaceBox(20, 200, 150, 150);

  private static final List<FacePoint> OWN =
      List.of(
          new FacePoint(60, 240),
          new FacePoint(120, 240),
          new FacePoint(90, 270),
          new FacePoint(65, 300),
          new FacePoint(115, 300));

  @Test
  void aBoxGetsTheLandmarksOfTheFaceInIt() {
    List<DetectedFace> found = detect(new DetectedFace(ON_FACE, List.of(), 0.75f));
    assertEquals(1, found.size());
    DetectedFace face = found.get(0);
    assertEquals(ON_FACE, face.box());
    assertEquals(0.75f, face.confidence());
    assertNear(266, 199, face.landmarks().get(0));
    assertNear(334, 199, face.landmarks().get(1));
    assertNear(328, 277, face.landmarks().get(4));
  }

  @Test
  void aBoxWithoutAFaceIsDropped() {
    DetectedFace wall = new DetectedFace(ON_WALL, List.of(), 0.9f);
    DetectedFace face = new DetectedFace(ON_FACE, List.of(), 0.6f);
    List<DetectedFace> found = detect(wall, face);
    assertEquals(List.of(ON_FACE), found.stream().map(DetectedFace::box).toList());
  }

  @Test
  void aFaceThatOnlyItsDetectorSeesKeepsTheDetectorsLandmarks() {
    DetectedFace profile = new DetectedFace(ON_WALL, OWN, 0.9f);
    assertEquals(List.of(profile), detect(profile));
  }

  @Test
  void theRecipeNamesDetectorAndNetwork() {
    LandmarkNetwork network = LandmarkNetwork.bundled();
    try (FaceDetector detector = new LandmarkedFaceDetector(new FixedDetector(), network)) {
      assertTrue(detector.recipe().startsWith("fixed "), detector.recipe());
      assertTrue(detector.recipe().contains(network.digest()), detector.recipe());
    }
  }

  @Test
  void closesTheDetector() {
    FixedDetector inner = new FixedDetector();
    FaceDetector detector = new LandmarkedFaceDetector(inner, LandmarkNetwork.bundled());
    assertFalse(inner.closed);
    detector.close();
    assertTrue(inner.closed);
  }

  private static void assertNear(double x, double y, FacePoint point) {
    assertEquals(x, point.x(), 14, point.toString());
    assertEquals(y, point.y(), 14, point.toString());
  }

  private static List<DetectedFace> detect(DetectedFace... faces) {
    DrawnFrame frame = new DrawnFrame(640, 480);
    new DrawnFace(300, 220, 200).drawOn(frame);
    frame.blur(2);
    GrayImage luma = new GrayImage(640, 480, frame.pixels());
    try (FaceDetector detector =
        new LandmarkedFaceDetector(new FixedDetector(faces), LandmarkNetwork.bundled())) {
      return detector.detect(luma);
    }
  }

  private static final class FixedDetector implements FaceDetector {
    private final List<DetectedFace> faces;
    private boolean closed;

    FixedDetector(DetectedFace... faces) {
      this.faces = List.of(faces);
    }

    @Override
    public List<DetectedFace> detect(GrayImage frame) {
      return faces;
    }

    @Override
    public String recipe() {
      return "fixed";
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
