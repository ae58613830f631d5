package io.framewarden.extraction.extract;

/** Hears how far an extraction has come; called on its thread, so it must be quick. */
@FunctionalInterface
public interface ExtractionProgress {
  /**
   * More frames have been decoded.
   *
   * @param frames decoded so far, twice where a video was begun again
   * @param reachedUs the last frame's time, in microseconds from the first one
   * @param claimedUs the duration that the container claims; 0 where it does not say
   */
  void at(long frames, long reachedUs, long claimedUs);

  /** Processors decode this video, though a GPU was to; and why. */
  default void fellBack(String why) {}
}
