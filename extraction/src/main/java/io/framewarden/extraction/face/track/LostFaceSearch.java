package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.GrayImage;
import java.util.Optional;

/** Searches for one face where it is expected, in a frame whose other faces are known. */
@FunctionalInterface
public interface LostFaceSearch {
  /** Names the method in the video marker; changes whenever its results would. */
  String METHOD = "rotated-views-1";

  /**
   * One in so many searched frames is also searched for rotated faces where it shows no upright
   * one. Which ones depends on their number alone, not on which search ends first.
   */
  int WHOLE_FRAME_EVERY = 4;

  /** Finds nothing. */
  LostFaceSearch NONE = (frame, expected, rotation) -> Optional.empty();

  /**
   * Searches the surroundings of a place.
   *
   * @param frame luma
   * @param expected where the face should be
   * @param rotation of the face when it was last seen, degrees clockwise
   * @return the face, or empty where none is about there and about as large
   */
  Optional<DetectedFace> near(GrayImage frame, FaceBox expected, float rotation);
}
