package io.framewarden.extraction.extract;


/** Hears how far an extraction has come; called on its thread, so it must be quick. */
@FunctionalInterface
public interface ExtractionProgress {
  /**
   * More pictures have been decoded.
   *
   * @param pictures decoded so far, twice where a video was begun again
   * @param reachedUs the last picture's time, in microseconds from the first one
   * @param claimedUs the duration that the container claims; 0 where it does not say
   */
  void at(long pictures, long reachedUs, long claimedUs);

  /** Processors decode this video, though a GPU was to; and why. */
  default void fellBack(String why) {}
}
