package io.framewarden.trainer.dataset;

/** What happens to faces on their way into a batch. */
public enum Augmentation {
  /** Nothing: the faces as the archive holds them, which is the paper's way. */
  NONE,

  /** Mirrored, shifted, sometimes rotated and scaled; a pair of real face and fake alike. */
  CROPS,

  /** Crops, and half of the pairs also get what cameras and codecs do to images. */
  FULL
}
