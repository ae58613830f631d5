package io.framewarden.extraction.face;

import java.util.Objects;

/**
 * A face with the track it belongs to.
 *
 * @param trackId one for each person, from 0 in order of appearance within one video
 */
public record TrackedFace(int trackId, DetectedFace face) {
  public TrackedFace {
    Objects.requireNonNull(face, "face");
  }
}
