package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.TrackedFace;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.detect.RotatedFaceSearch;
import io.framewarden.extraction.face.track.FaceTrackAssigner;
import io.framewarden.extraction.face.track.LostFaceSearch;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.testkit.video.DrawnFace;
import io.framewarden.testkit.video.DrawnFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Heads that tilt to the shoulder, which the cascade loses from about 25 degrees on. */
@Tag("slow")
final class TiltedFacesTest {
  private static final int FRAMES = 16;

  private final DetectorPool detectors = DetectorPool.open(FaceDetectorConfig.defaults());
  private final RotatedFaceSearch search = new RotatedFaceSearch(detectors);

  @AfterEach
  void closeDetectors() {
    detectors.close();
  }

  @Test
  void aHeadThatTiltsToBothSidesStaysOneTrackWithoutGaps() {
    IntToDoubleFunction tilt = frame -> 35 * Math.sin(2 * Math.PI * frame / FRAMES);
    assertTrue(faces(tilt, LostFaceSearch.NONE).size() <= FRAMES * 3 / 4, "the cascade alone");
    List<TrackedFace> faces = faces(tilt, search);
    assertEquals(FRAMES, faces.size());
    for (int i = 0; i < FRAMES; i++) {
      TrackedFace face = faces.get(i);
      assertEquals(0, face.trackId());
      assertEquals(tilt.applyAsDouble(i), face.face().rotation(), 26, "frame " + i);
      assertCentre(drawn(i, 0), face.face());
    }
  }

  @Test
  void aHeadThatStaysTiltedIsFollowedAtEveryAngle() {
    for (int degrees = -35; degrees <= 35; degrees += 5) {
      double end = degrees;
      List<TrackedFace> faces = faces(frame -> end * Math.min(1, frame / 4.0), search);
      assertEquals(FRAMES, faces.size(), degrees + " degrees");
      assertTrue(faces.stream().allMatch(face -> face.trackId() == 0), degrees + " degrees");
    }
  }

  @Test
  void aHeadThatIsTiltedFromTheBeginningIsFound() {
    for (int degrees : new int[] {-30, 30}) {
      assertEquals(List.of(), faces(frame -> degrees, LostFaceSearch.NONE));
      List<TrackedFace> faces = faces(frame -> degrees, search);
      // The first two sightings are not certain.
      assertEquals(FRAMES - 2, faces.size(), degrees + " degrees");
      for (TrackedFace face : faces) {
        assertEquals(degrees, face.face().rotation(), 20);
      }
    }
  }

  /** All faces of a video, searched as a video is. */
  private List<TrackedFace> faces(IntToDoubleFunction tilt, LostFaceSearch lost) {
    FaceTrackAssigner assigner = new FaceTrackAssigner(TrackingPolicy.defaults(), lost);
    List<TrackedFace> faces = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      DrawnFrame canvas = new DrawnFrame(640, 480);
      drawn(i, tilt.applyAsDouble(i)).drawOn(canvas);
      canvas.blur(1);
      canvas.noise(2, i);
      GrayImage frame = new GrayImage(640, 480, canvas.pixels());
      List<DetectedFace> found = detectors.detect(frame);
      if (found.isEmpty() && i % LostFaceSearch.WHOLE_FRAME_EVERY == 0) {
        found = search.wholeFrame(frame);
      }
      faces.addAll(assigner.update(i * 250_000L, frame, found));
    }
    return faces;
  }

  private static DrawnFace drawn(int frame, double tilt) {
    return new DrawnFace(300 + 3 * frame, 240 - frame, 190, tilt);
  }

  private static void assertCentre(DrawnFace drawn, DetectedFace face) {
    assertEquals(drawn.x(), face.box().centre().x(), 0.2 * drawn.size());
    assertEquals(drawn.y(), face.box().centre().y(), 0.2 * drawn.size());
  }
}
