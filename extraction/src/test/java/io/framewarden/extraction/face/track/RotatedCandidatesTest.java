package io.framewarden.extraction.face.track;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.GrayImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotatedCandidatesTest {
  private static final GrayImage FRAME = new GrayImage(1, 1, new byte[1]);
  private static final DetectedFace FACE =
      new DetectedFace(new FaceBox(10, 10, 80, 80), List.of(), 0.9f, 90);

  private Optional<DetectedFace> near = Optional.of(FACE);
  private final RotatedCandidates candidates =
      new RotatedCandidates((frame, expected, rotation) -> near);

  @Test
  void aFaceCountsFromItsThirdSightingOn() {
    assertEquals(List.of(), candidates.update(FRAME, List.of(), List.of(FACE)));
    assertEquals(List.of(), candidates.update(FRAME, List.of(), List.of()));
    assertEquals(List.of(FACE), candidates.update(FRAME, List.of(), List.of()));
    assertEquals(
        List.of(), candidates.update(FRAME, List.of(), List.of()), "the tracker follows it now");
  }

  @Test
  void whatIsGoneInBetweenBeginsAnew() {
    candidates.update(FRAME, List.of(), List.of(FACE));
    near = Optional.empty();
    assertEquals(List.of(), candidates.update(FRAME, List.of(), List.of()));
    near = Optional.of(FACE);
    assertEquals(List.of(), candidates.update(FRAME, List.of(), List.of(FACE)));
    assertEquals(List.of(), candidates.update(FRAME, List.of(), List.of()));
  }

  @Test
  void aFaceThatIsKnownAlreadyIsNoCandidate() {
    DetectedFace upright = new DetectedFace(new FaceBox(20, 20, 80, 80), List.of(), 0.9f);
    for (int i = 0; i < 4; i++) {
      assertEquals(List.of(), candidates.update(FRAME, List.of(upright), List.of(FACE)));
    }
  }

  @Test
  void aDoubtfulUprightFaceAtItsPlaceOnlyDelaysIt() {
    DetectedFace doubtful = new DetectedFace(new FaceBox(20, 20, 80, 80), List.of(), 0.6f);
    candidates.update(FRAME, List.of(), List.of(FACE));
    for (int i = 0; i < 4; i++) {
      assertEquals(List.of(), candidates.update(FRAME, List.of(doubtful), List.of()));
    }
    assertEquals(List.of(FACE), candidates.update(FRAME, List.of(), List.of()));
  }

  @Test
  void aCutEndsCandidates() {
    candidates.update(FRAME, List.of(), List.of(FACE));
    candidates.update(FRAME, List.of(), List.of());
    candidates.cut();
    assertEquals(List.of(), candidates.update(FRAME, List.of(), List.of()));
  }
}
