package io.framewarden.extraction.extract;

/**
 * Listens to how far an extraction has come; called on the extraction's thread, so it must be
 * quick.
 */
@FunctionalInterface
public interface ExtractionProgress {
  /**
   * More frames have been decoded.
   *
   * @param frames decoded so far, counted twice where decoding started over
   * @param playedUs how long the frames so far are played, in microseconds
   * @param claimedUs the duration that the container claims, up to the limit; 0 where it does not
   *     say
   */
  void onDecoded(long frames, long playedUs, long claimedUs);

  /**
   * The CPU decodes this video, though a GPU was configured.
   *
   * @param reason why, for a log
   */
  default void onFallback(String reason) {}
}
