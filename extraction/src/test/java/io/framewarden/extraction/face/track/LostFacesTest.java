package io.framewarden.extraction.face.track;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.TrackedFace;
import io.framewarden.testkit.video.SyntheticScene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a face that is not found again is searched for, and where. */
class LostFacesTest {
  private static final GrayImage ROOM = frame(0);
  private static final GrayImage OTHER_ROOM = frame(12);

  private final List<FaceTracker.Expected> searches = new ArrayList<>();
  private Optional<DetectedFace> near = Optional.empty();
  private final FaceTrackAssigner assigner =
      new FaceTrackAssigner(
          TrackingPolicy.defaults(),
          (frame, expected, rotation) -> {
            searches.add(new FaceTracker.Expected(expected, rotation));
            return near;
          });
  private long ptsUs;

  @Test
  void aFaceThatIsFoundEachTimeIsNeverSearchedFor() {
    for (int i = 0; i < 5; i++) {
      next(ROOM, face(100 + 10 * i, 0));
    }
    assertEquals(List.of(), searches);
  }

  @Test
  void aLostFaceIsSearchedForOnceWhereItShouldBeByNow() {
    next(ROOM, face(100, 0));
    next(ROOM, face(120, 0));
    next(ROOM);
    next(ROOM);
    assertEquals(List.of(new FaceTracker.Expected(new FaceBox(140, 100, 80, 80), 0)), searches);
  }

  @Test
  void whatIsFoundGoesOnWithTheTrackAndItsRotation() {
    next(ROOM, face(100, 0));
    near = Optional.of(face(100, 27));
    assertEquals(List.of(new TrackedFace(0, face(100, 27))), next(ROOM));
    assertEquals(List.of(new TrackedFace(0, face(100, 27))), next(ROOM));
    assertEquals(List.of(0f, 27f), searches.stream().map(FaceTracker.Expected::rotation).toList());
  }

  @Test
  void aFaceOfAnotherPersonIsNotTakenTwice() {
    next(ROOM, face(100, 0), face(250, 0));
    near = Optional.of(face(245, 13));
    assertEquals(1, next(ROOM, face(250, 0)).size());
    assertEquals(1, searches.size());
  }

  @Test
  void nothingIsSearchedForInAnotherScene() {
    next(ROOM, face(100, 0));
    next(OTHER_ROOM);
    assertEquals(1, assigner.cuts());
    assertEquals(List.of(), searches);
  }

  private List<TrackedFace> next(GrayImage frame, DetectedFace... found) {
    ptsUs += 250_000;
    return assigner.update(ptsUs, frame, List.of(found));
  }

  private static DetectedFace face(float x, float rotation) {
    return new DetectedFace(new FaceBox(x, 100, 80, 80), List.of(), 0.9f, rotation);
  }

  private static GrayImage frame(int index) {
    SyntheticScene scene = SyntheticScene.cut();
    return new GrayImage(scene.width(), scene.height(), scene.frame(index));
  }
}
