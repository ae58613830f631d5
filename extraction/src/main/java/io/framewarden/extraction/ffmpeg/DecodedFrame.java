package io.framewarden.extraction.ffmpeg;

import io.framewarden.extraction.face.Chroma;
import io.framewarden.extraction.face.GrayImage;

/**
 * One decoded frame. It stands on the reader's memory: {@link #luma()} and {@link #chroma()} may be
 * called until the reader returns the next one. The reader's thread.
 */
public final class DecodedFrame {
  private final VideoReader reader;
  private final long frameIndex;
  private final long ptsUs;

  DecodedFrame(VideoReader reader, long frameIndex, long ptsUs) {
    this.reader = reader;
    this.frameIndex = frameIndex;
    this.ptsUs = ptsUs;
  }

  /** Index among all decoded frames of its stream, from 0. */
  public long frameIndex() {
    return frameIndex;
  }

  /** Presentation time in microseconds from the start of the file; grows from frame to frame. */
  public long ptsUs() {
    return ptsUs;
  }

  /** Width times height. */
  public long pixels() {
    return reader.pixels(this);
  }

  /**
   * The upright frame's luma, gray8, full range; converted at each call.
   *
   * @throws VideoException UNSUPPORTED_PIXEL_FORMAT
   * @throws IllegalStateException when the reader has moved on
   */
  public GrayImage luma() throws VideoException {
    return reader.luma(this);
  }

  /**
   * The upright frame's colour beside its luma; converted at each call.
   *
   * @throws VideoException UNSUPPORTED_PIXEL_FORMAT
   * @throws IllegalStateException when the reader has moved on
   */
  public Chroma chroma() throws VideoException {
    return reader.chroma(this);
  }
}
