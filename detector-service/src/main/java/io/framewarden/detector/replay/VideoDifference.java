package io.framewarden.detector.replay;

import io.framewarden.v1.Verdict;
import java.util.Optional;

/**
 * A video's verdict then and now.
 *
 * @param earlierVerdict the verdict on the topic for this attempt; null for none, read it by {@link
 *     #then}
 * @param replayedVerdict the verdict by the replayed scores; null for none, read it by {@link #now}
 * @param frames replayed frames of the video
 */
public record VideoDifference(
    String videoId, long attempt, Verdict earlierVerdict, Verdict replayedVerdict, int frames) {

  /** The verdict on the topic for this attempt, if there is one. */
  public Optional<Verdict> then() {
    return Optional.ofNullable(earlierVerdict);
  }

  /**
   * The verdict by the replayed scores; empty when some of the video's frames, or its marker, are
   * not retained any more.
   */
  public Optional<Verdict> now() {
    return Optional.ofNullable(replayedVerdict);
  }

  /** Whether there are both verdicts, with different labels. */
  public boolean isChanged() {
    return then().isPresent()
        && now().isPresent()
        && earlierVerdict.getLabel() != replayedVerdict.getLabel();
  }
}
