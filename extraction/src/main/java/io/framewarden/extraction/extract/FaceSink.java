package io.framewarden.extraction.extract;

import io.framewarden.v1.FaceFrame;

/**
 * Receives the face frames of an extraction, in order of seq. A sink that throws ends the
 * extraction, and its exception reaches the caller of the extraction unchanged.
 *
 * @param <E> what the sink may throw
 */
@FunctionalInterface
public interface FaceSink<E extends Exception> {
  void accept(FaceFrame frame) throws E;
}
