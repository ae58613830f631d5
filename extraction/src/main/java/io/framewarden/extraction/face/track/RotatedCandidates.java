package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.GrayImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rotated faces that came out of nowhere, until it is certain that they are faces: what only looks
 * like a face for a moment must not become a track. One video, one thread.
 */
final class RotatedCandidates {
  /** A candidate counts from the frame on in which it is found for the third time. */
  static final int MIN_SIGHTINGS = 3;

  private final LostFaceSearch search;
  private List<Candidate> candidates = new ArrayList<>();

  private record Candidate(DetectedFace face, int sightings) {}

  RotatedCandidates(LostFaceSearch search) {
    this.search = search;
  }

  /**
   * Takes the next frame.
   *
   * @param known faces of the frame that count already
   * @param found rotated faces that a search of the whole frame has found
   * @return the candidates that count from now on
   */
  List<DetectedFace> update(GrayImage frame, List<DetectedFace> known, List<DetectedFace> found) {
    List<DetectedFace> certain = new ArrayList<>();
    List<Candidate> next = new ArrayList<>();
    for (Candidate candidate : candidates) {
      DetectedFace last = candidate.face();
      Optional<DetectedFace> again = search.near(frame, last.box(), last.rotation());
      if (again.isEmpty() || isKnown(again.get(), known, next, certain)) {
        continue;
      }
      int sightings = candidate.sightings() + 1;
      if (sightings >= MIN_SIGHTINGS && !again.get().overlapsAny(known)) {
        certain.add(again.get());
      } else {
        next.add(new Candidate(again.get(), sightings));
      }
    }
    for (DetectedFace face : found) {
      if (!isKnown(face, known, next, certain)) {
        next.add(new Candidate(face, 1));
      }
    }
    candidates = next;
    return certain;
  }

  /** A doubtful upright face does not end a candidate: it may be one that is upside down. */
  private static boolean isKnown(
      DetectedFace face,
      List<DetectedFace> known,
      List<Candidate> candidates,
      List<DetectedFace> certain) {
    return face.overlapsAny(certain)
        || face.overlapsAny(candidates.stream().map(Candidate::face).toList())
        || face.overlapsAny(
            known.stream().filter(other -> other.confidence() >= face.confidence()).toList());
  }

  /** Forgets all: the next frame shows another scene. */
  void cut() {
    candidates = new ArrayList<>();
  }
}
