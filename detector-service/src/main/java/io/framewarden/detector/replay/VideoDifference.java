package io.framewarden.detector.replay;

import io.framewarden.v1.Verdict;
import java.util.Optional;

/**
 * A video's verdict then and now.
 *
 * @param then the verdict on the topic for this attempt, if there is one
 * @param now the verdict by the replayed scores; empty when some of the video's frames, or its
 *     marker, are not retained any more
 * @param frames replayed frames of the video
 */
public record VideoDifference(
    String videoId, long attempt, Optional<Verdict> then, Optional<Verdict> now, int frames) {

  /** Whether both are there and say something else. */
  public boolean isChanged() {
    return then.isPresent() && now.isPresent() && then.get().getLabel() != now.get().getLabel();
  }
}
