package io.framewarden.extraction.extract;

import java.nio.file.Path;

/**
 * A video file to aligned face frames: in this process or in a child. The same file, sampling and
 * recipe give the same frames, byte for byte, whichever it is.
 */
public interface VideoExtractor {
  /** The extraction digest: how frames become faces. */
  String digest();

  /** Which frames are looked at. */
  SamplingPolicy sampling();

  /** Which faces are taken for one person's, as one line of text. */
  String tracking();

  /**
   * Extracts one video. Bad input is a failed result, not an exception; frames that the sink had
   * before the failure was found belong to no result then.
   *
   * @throws E what the sink throws
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  <E extends Exception> ExtractionResult extract(
      Path file, String videoId, long attempt, FaceSink<E> sink) throws E;
}
