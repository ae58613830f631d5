package io.framewarden.trainer.dataset;

/** What happens to faces on their way into a batch. */
public enum Augmentation {
  /** Nothing: the faces as the archive holds them, which is the paper's way. */
  NONE,

  /** Mirrored, and aligned with the errors of a detector; a pair of real face and fake alike. */
  CROPS,

  /** The same, after what cameras, uploads and codecs do to video. */
  FULL
}
