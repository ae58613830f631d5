package io.framewarden.extraction.extract;

import java.nio.file.Path;

/**
 * Extracts aligned face frames from a video file, in this process or in a child process. The same
 * file, sampling and recipe give the same frames, byte for byte, whichever it is.
 */
public interface VideoExtractor {
  /** The extraction digest: how frames become faces. */
  String digest();

  /** Which frames are sampled. */
  SamplingPolicy sampling();

  /** How faces are tracked, as one line of text. */
  String tracking();

  /**
   * Extracts one video. Bad input is a failed result, not an exception; face frames that the sink
   * took before the failure belong to no result then.
   *
   * @throws E what the sink throws
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  <E extends Exception> ExtractionResult extract(
      Path file, String videoId, long attempt, FaceSink<E> sink) throws E;
}
