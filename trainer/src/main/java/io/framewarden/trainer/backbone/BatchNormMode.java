package io.framewarden.trainer.backbone;

/** What a forward pass does about the statistics of batch normalisation. */
public enum BatchNormMode {
  /** Normalises by the running statistics. */
  INFERENCE,
  /** Normalises by the batch's statistics, and gathers them. */
  TRAINING,
  /** Normalises by the batch's statistics, which an earlier pass over the batch has gathered. */
  RECOMPUTATION,
  /** Normalises by the running statistics, which stay as they are, and learns scale and shift. */
  FROZEN
}
