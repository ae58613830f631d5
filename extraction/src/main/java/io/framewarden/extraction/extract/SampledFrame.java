package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.Chroma;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.TrackedFace;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * One sampled frame on its way through an extraction: decoded, searched for faces, tracked. It
 * stands on its own memory, not on the decoder's.
 *
 * <p>Handed from thread to thread, never shared: the decoder's thread makes it and starts its
 * detection before it puts the frame into the queue of {@link FramePrefetcher}; from then on it
 * belongs to the thread of the extraction. Detectors read the luma and nothing else.
 */
final class SampledFrame {
  private final long frameIndex;
  private final long ptsUs;
  private final GrayImage luma;
  private final Chroma chroma;

  /** Null where the frame is not searched: its faces are interpolated. */
  private Future<List<DetectedFace>> detection;

  private List<DetectedFace> detectedFaces = List.of();
  private List<TrackedFace> trackedFaces = List.of();

  /**
   * @param frameIndex index among all decoded frames, from 0
   * @param ptsUs microseconds from the first frame
   * @param luma upright, full range
   * @param chroma its colour; null where nobody needs it
   */
  SampledFrame(long frameIndex, long ptsUs, GrayImage luma, Chroma chroma) {
    this.frameIndex = frameIndex;
    this.ptsUs = ptsUs;
    this.luma = luma;
    this.chroma = chroma;
  }

  long frameIndex() {
    return frameIndex;
  }

  long ptsUs() {
    return ptsUs;
  }

  GrayImage luma() {
    return luma;
  }

  /** The colour beside the luma; null where nobody needs it. */
  Chroma chroma() {
    return chroma;
  }

  /** Bytes that it takes: width times height, and the colour. */
  long pixels() {
    long colour = chroma == null ? 0 : 2L * chroma.blue().pixels().length;
    return luma.pixels().length + colour;
  }

  /** Says that the frame is searched, and what gives the result. */
  void setDetection(Future<List<DetectedFace>> started) {
    this.detection = started;
  }

  /** Whether a detector searches the frame; the faces of the others are interpolated. */
  boolean isSearched() {
    return detection != null;
  }

  /**
   * Waits until the frame has been searched; returns at once where it is not.
   *
   * @throws ExecutionException what the detector threw
   */
  void awaitDetection() throws InterruptedException, ExecutionException {
    if (detection != null) {
      detectedFaces = detection.get();
    }
  }

  /** What the detector found; complete after {@link #awaitDetection}, empty if not searched. */
  List<DetectedFace> detectedFaces() {
    return detectedFaces;
  }

  /** The faces with their tracks, detected or interpolated; empty until the frame is tracked. */
  List<TrackedFace> trackedFaces() {
    return trackedFaces;
  }

  void setTrackedFaces(List<TrackedFace> faces) {
    this.trackedFaces = faces;
  }
}
