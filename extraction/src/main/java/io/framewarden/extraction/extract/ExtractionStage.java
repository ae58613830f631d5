package io.framewarden.extraction.extract;

import java.util.Locale;

/** What the extraction of an upload spends its time on. Stages of one video overlap. */
public enum ExtractionStage {
  /** Copying the content from the store, with waiting for room, and checking its sha256. */
  FETCH,
  /** Waiting for a decoder child that is free and warm; with children only. */
  DECODER_WAIT,
  /** Opening the file: what it is, and which of its frames need not be decoded. */
  PROBE,
  /** Reading and decoding frames; where FFmpeg has threads, waiting for them. */
  DECODE,
  /** Frames that are looked at to upright luma with square pixels. */
  CONVERT,
  /** Reducing and searching frames; the only stage of several threads. */
  DETECT,
  /** Cuts, and whose face is whose. */
  TRACK,
  /** Aligning and grading faces. */
  ALIGN;

  /** As a metric's label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
