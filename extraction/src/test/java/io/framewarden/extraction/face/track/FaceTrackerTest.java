package io.framewarden.extraction.face.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.TrackedFace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Faces of 100 pixels, four frames a second unless a test says otherwise. */
class FaceTrackerTest {
  private static final long STEP_US = 250_000;

  private final FaceTracker tracker = new FaceTracker(TrackerParameters.defaults());

  @Test
  void numbersPeopleWhoAppearTogetherInTheirOrder() {
    assertEquals(List.of(0, 1, 2), ids(0, face(100, 100), face(300, 100), face(600, 80)));
    assertEquals(
        List.of(0, 1, 2, 3), ids(1, face(101, 100), face(302, 100), face(601, 80), face(900, 90)));
  }

  @Test
  void followsAHeadThatJumpsFurtherThanItsBox() {
    for (int i = 0; i < 10; i++) {
      assertEquals(List.of(0), ids(i, face(100 + 95 * i, 100)), "frame " + i);
    }
  }

  @Test
  void followsAJitteringBox() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      float size = 100 * (0.8f + 0.4f * random.nextFloat());
      FaceBox box =
          new FaceBox(300 + 20 * random.nextFloat(), 200 + 20 * random.nextFloat(), size, size);
      assertEquals(List.of(0), ids(i, new DetectedFace(box, List.of(), 0.9f)));
    }
  }

  @Test
  void neverSwapsPeopleBesideEachOther() {
    Random random = new Random(9);
    float shift = 0;
    for (int i = 0; i < 500; i++) {
      shift = Math.max(0, shift + 120 * (random.nextFloat() - 0.5f));
      assertEquals(
          List.of(0, 1, 2),
          ids(i, face(100 + shift, 100), face(210 + shift, 105), face(325 + shift, 95)),
          "frame " + i);
    }
  }

  @Test
  void peopleWhoPassEachOtherKeepTheirTracksThoughOneHidesTheOther() {
    for (int i = 0; i < 20; i++) {
      float right = 100 + 30 * i;
      float left = 700 - 30 * i;
      if (Math.abs(right - left) > 60) {
        assertEquals(List.of(0, 1), ids(i, face(right, 100), face(left, 130)), "frame " + i);
      } else {
        assertEquals(List.of(0), ids(i, face(right, 100)), "frame " + i);
      }
    }
  }

  @Test
  void peopleWhoPassEachOtherSeenAllTheTimeDoNotSwap() {
    for (int i = 0; i < 20; i++) {
      assertEquals(
          List.of(0, 1), ids(i, face(100 + 55 * i, 100), face(1100 - 55 * i, 100)), "frame " + i);
    }
  }

  @Test
  void somebodyWhoTurnsRoundKeepsTheirTrack() {
    for (int i = 0; i < 8; i++) {
      assertEquals(List.of(0), ids(i, face(100 + 80 * Math.min(i, 8 - i), 100)), "frame " + i);
    }
  }

  @Test
  void aCutEndsAllTracksAndAFlashGivesThemBack() {
    ids(0, face(100, 100), face(500, 100));
    tracker.cut();
    assertEquals(List.of(2), ids(1, face(100, 100)));
    tracker.resume();
    assertEquals(List.of(0, 1), ids(2, face(100, 100), face(500, 100)));
    tracker.cut();
    assertEquals(List.of(3, 4), ids(3, face(100, 100), face(500, 100)));
  }

  @Test
  void givesAPersonWhoseNeighbourIsMissedTheirOwnTrack() {
    ids(0, face(100, 100), face(220, 100));
    assertEquals(List.of(1), ids(1, face(190, 100)));
    assertEquals(List.of(0, 1), ids(2, face(105, 100), face(180, 100)));
  }

  @Test
  void bridgesAGapInDetection() {
    ids(0, face(100, 100));
    for (int i = 1; i <= 4; i++) {
      assertEquals(List.of(), ids(i));
    }
    assertEquals(List.of(0), ids(5, face(200, 110)));
  }

  @Test
  void givesAPersonWhoReturnsLaterANewTrack() {
    ids(0, face(100, 100), face(500, 100));
    for (int i = 1; i <= 6; i++) {
      assertEquals(List.of(1), ids(i, face(500, 100)));
    }
    assertEquals(List.of(2, 1), ids(7, face(100, 100), face(500, 100)));
  }

  @Test
  void doesNotTakeANewPersonElsewhereForTheOldOne() {
    ids(0, face(100, 100));
    assertEquals(List.of(1), ids(1, face(400, 100)));
    assertEquals(List.of(0), ids(2, face(110, 100)));
  }

  @Test
  void doesNotTakeAFaceOfQuiteAnotherSizeForTheOldOne() {
    ids(0, face(100, 100));
    assertEquals(List.of(1), ids(1, new DetectedFace(new FaceBox(50, 50, 200, 200), List.of(), 1)));
  }

  @Test
  void allowsLessMovementBetweenFramesThatFollowFaster() {
    long fast = 20_000;
    assertEquals(0, tracker.update(0, List.of(face(100, 100))).get(0).trackId());
    // 95 pixels in a fiftieth of a second is another person.
    assertEquals(1, tracker.update(fast, List.of(face(195, 100))).get(0).trackId());
  }

  @Test
  void givesTheFacesBackInTheirOrder() {
    DetectedFace right = face(500, 100);
    DetectedFace left = face(100, 100);
    tracker.update(0, List.of(left, right));
    assertEquals(
        List.of(new TrackedFace(1, right), new TrackedFace(0, left)),
        tracker.update(STEP_US, List.of(right, left)));
  }

  @Test
  void idsAreDenseWhateverComes() {
    Random random = new Random(21);
    int next = 0;
    for (int i = 0; i < 300; i++) {
      List<DetectedFace> faces = new ArrayList<>();
      for (int j = random.nextInt(5); j > 0; j--) {
        faces.add(face(2000 * random.nextFloat(), 1000 * random.nextFloat()));
      }
      List<Integer> ids = ids(i, faces.toArray(DetectedFace[]::new));
      assertEquals(ids.size(), ids.stream().distinct().count());
      for (int id : ids) {
        assertEquals(true, id <= next, "id " + id + " before " + next);
        next = Math.max(next, id + 1);
      }
    }
  }

  @Test
  void facesWithoutSizeStayAlone() {
    DetectedFace point = new DetectedFace(new FaceBox(10, 10, 0, 0), List.of(), 1);
    assertEquals(List.of(0), ids(0, point));
    assertEquals(List.of(1), ids(1, point));
  }

  @Test
  void refusesAFrameFromThePast() {
    ids(3, face(100, 100));
    assertThrows(IllegalArgumentException.class, () -> ids(2, face(100, 100)));
  }

  private List<Integer> ids(int frame, DetectedFace... faces) {
    return tracker.update(frame * STEP_US, Arrays.asList(faces)).stream()
        .map(TrackedFace::trackId)
        .toList();
  }

  private static DetectedFace face(float x, float y) {
    return new DetectedFace(new FaceBox(x, y, 100, 100), List.of(), 0.9f);
  }
}
