package io.framewarden.extraction.face.detect;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.NonMaximumSuppression;
import io.framewarden.extraction.face.RotatedView;
import io.framewarden.extraction.face.track.LostFaceSearch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Searches for faces that are rotated in the frame, by a detector that finds upright ones: in
 * rotated views of the whole frame, or of the surroundings of where a face is expected. The same
 * frame gives the same faces, whatever thread asks. Uses the detectors, does not own them; safe for
 * several threads.
 */
public final class RotatedFaceSearch implements LostFaceSearch {
  /** A face is found up to about 20 degrees off the view that is searched. */
  private static final float TILT = 27;

  private static final float FINE_TILT = 13;

  /** The whole frame is searched at no more than so many pixels along its longer side. */
  private static final int WHOLE_LONG_SIDE = 320;

  /** The side of the surroundings of a face, in its own widths. */
  private static final double SURROUNDINGS = 2.2;

  /** The width of a face in the view of its surroundings, in the detector's smallest faces. */
  private static final double FACE_IN_VIEW = 1.6;

  /** A face is where it was expected within so many of its widths, and so many times its size. */
  private static final double MAX_DISTANCE = 0.6;

  private static final double MAX_SIZE_RATIO = 1.6;

  /** Upside-down faces, which detectors sometimes take for upright ones, mostly lie below. */
  private static final double MIN_CONFIDENCE = 0.75;

  /** Two kept faces overlap by at most this part of the smaller one. */
  private static final double MAX_OVERLAP = 0.4;

  private final DetectorPool detectors;

  public RotatedFaceSearch(DetectorPool detectors) {
    this.detectors = detectors;
  }

  /**
   * Searches a whole frame on its sides, upside down and tilted. What is found counts if it is also
   * found in views of its surroundings that are tilted a little to either side: a face is, most
   * clutter that looks like one is not.
   *
   * @param frame luma in which no upright face was found
   * @return the faces in source pixels, by x, then by y
   */
  public List<DetectedFace> wholeFrame(GrayImage frame) {
    GrayImage reduced = FrameScaler.toLongSide(frame, wholeLongSide(frame));
    double scale = (double) longSide(frame) / longSide(reduced);
    AffineSampler sampler = new AffineSampler(frame);
    List<DetectedFace> found = new ArrayList<>();
    for (int quarters = 1; quarters <= 3; quarters++) {
      addConfirmed(sampler, RotatedView.ofQuarters(reduced, scale, quarters), found);
    }
    addConfirmed(sampler, RotatedView.ofTilted(reduced, scale, TILT), found);
    addConfirmed(sampler, RotatedView.ofTilted(reduced, scale, -TILT), found);
    return NonMaximumSuppression.keep(found, MAX_OVERLAP, NonMaximumSuppression.Measure.SMALLER);
  }

  /** Faces below the detectors' smallest are not worth searching for: a small frame is halved. */
  private int wholeLongSide(GrayImage frame) {
    int enough = longSide(frame) * FaceDetector.PROBED_SIDE / detectors.minSize();
    return Math.max(2 * FaceDetector.PROBED_SIDE, Math.min(WHOLE_LONG_SIDE, enough));
  }

  private void addConfirmed(AffineSampler sampler, RotatedView view, List<DetectedFace> found) {
    for (DetectedFace inView : detectors.probe(view.image())) {
      FaceBox box = view.toFrame(inView).box();
      Optional<DetectedFace> face =
          around(sampler, box, view.rotation())
              .filter(seen -> seen.confidence() >= MIN_CONFIDENCE)
              .filter(seen -> around(sampler, box, view.rotation() - FINE_TILT / 2).isPresent())
              .filter(seen -> around(sampler, box, view.rotation() + FINE_TILT / 2).isPresent());
      face.ifPresent(found::add);
    }
  }

  /**
   * Searches the surroundings of a place, first rotated as the face was there, then tilted more and
   * more to either side.
   *
   * @param frame luma
   * @param expected where the face should be
   * @param rotation of the face when it was last seen, degrees clockwise
   * @return the face of the highest confidence in the first views that show one
   */
  @Override
  public Optional<DetectedFace> near(GrayImage frame, FaceBox expected, float rotation) {
    AffineSampler sampler = new AffineSampler(frame);
    Optional<DetectedFace> found = around(sampler, expected, rotation);
    for (float tilt : new float[] {FINE_TILT, TILT}) {
      if (found.isEmpty()) {
        Optional<DetectedFace> left = around(sampler, expected, rotation - tilt);
        Optional<DetectedFace> right = around(sampler, expected, rotation + tilt);
        found =
            left.isPresent()
                    && (right.isEmpty() || left.get().confidence() >= right.get().confidence())
                ? left
                : right;
      }
    }
    return found;
  }

  /** The most confident face that is about where it is expected, and about as large. */
  private Optional<DetectedFace> around(AffineSampler sampler, FaceBox expected, float rotation) {
    double side = Math.max(expected.width(), expected.height());
    if (!(side >= 1)) {
      return Optional.empty();
    }
    int size = (int) Math.ceil(SURROUNDINGS * FACE_IN_VIEW * detectors.minSize());
    RotatedView view =
        RotatedView.ofSquare(sampler, expected.centre(), SURROUNDINGS * side, rotation, size);
    return detectors.detect(view.image()).stream()
        .map(view::toFrame)
        .filter(face -> face.confidence() >= MIN_CONFIDENCE && isNear(face.box(), expected))
        .max(Comparator.comparingDouble(DetectedFace::confidence));
  }

  private static boolean isNear(FaceBox box, FaceBox expected) {
    double width = expected.width();
    double ratio = Math.max(box.width(), width) / Math.min(box.width(), width);
    double distance =
        Math.hypot(
            box.centre().x() - (double) expected.centre().x(),
            box.centre().y() - (double) expected.centre().y());
    return ratio <= MAX_SIZE_RATIO && distance <= MAX_DISTANCE * width;
  }

  private static int longSide(GrayImage frame) {
    return Math.max(frame.width(), frame.height());
  }
}
