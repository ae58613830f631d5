package io.framewarden.trainer.dataset;

import io.framewarden.trainer.forgery.FaceImage;

/** Reads images by their positions. Safe for any number of threads. */
@FunctionalInterface
interface FaceImageSource {
  /**
   * The image.
   *
   * @param position where the face's record begins in its archive, in bytes
   * @param number of the face among all faces of its set, from 0
   * @throws DatasetException when the archive was changed or damaged since it was indexed
   */
  FaceImage at(long position, int number);
}
