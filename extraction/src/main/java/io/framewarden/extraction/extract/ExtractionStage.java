package io.framewarden.extraction.extract;

import java.util.Locale;

/** The stages of an extraction, of which the time is measured. Stages of one video overlap. */
public enum ExtractionStage {
  /**
   * Copying the content from the store, waiting for disk space included, and checking its sha256.
   */
  FETCH,
  /** Waiting for a warm, idle decoder process; only where decoding is sandboxed. */
  DECODER_WAIT,
  /** Opening the file: its container, its codec, and which frames need no decoding. */
  PROBE,
  /** Reading and decoding frames; where FFmpeg has threads, waiting for them. */
  DECODE,
  /** Converting sampled frames to upright luma with square pixels. */
  CONVERT,
  /** Scaling frames down and detecting faces; the only stage of several threads. */
  DETECT,
  /** Finding scene cuts and assigning faces to tracks. */
  TRACK,
  /** Aligning faces and grading their quality. */
  ALIGN;

  /** The stage as a metric's label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
