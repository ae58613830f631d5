package io.framewarden.extraction.face.detect;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.RecipeText;
import io.framewarden.extraction.face.align.LandmarkCrop;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A detector whose faces get their landmarks from the landmark network. Where the network sees no
 * face, a detector that gives no landmarks was wrong, and the face is dropped; one that gives some
 * has found a profile that the network was never taught, and keeps its own. Owns detector and
 * network until closed. One thread.
 */
final class LandmarkedFaceDetector implements FaceDetector {
  /**
   * The network sees a face from this score on. Of 3,769 faces that the cascade gave in videos and
   * photographs, 18 scored less, and each was an eye, a mouth or a cheek; no face scored below 3.
   */
  private static final double MIN_SCORE = 2.5;

  /** A box says less of where a face is than landmarks do. */
  private static final int LOOKS_FROM_BOX = 2;

  private static final int LOOKS_FROM_LANDMARKS = 1;

  private final FaceDetector detector;
  private final LandmarkNetwork network;

  LandmarkedFaceDetector(FaceDetector detector, LandmarkNetwork network) {
    this.detector = detector;
    this.network = network;
  }

  @Override
  public List<DetectedFace> detect(GrayImage frame) {
    List<DetectedFace> faces = new ArrayList<>();
    for (DetectedFace face : detector.detect(frame)) {
      landmarked(frame, face).ifPresent(faces::add);
    }
    return faces;
  }

  private Optional<DetectedFace> landmarked(GrayImage frame, DetectedFace face) {
    boolean onlyBox = face.landmarks().isEmpty();
    DenseLandmarks found =
        network.find(
            frame,
            LandmarkCrop.of(face, LandmarkNetwork.SIDE),
            onlyBox ? LOOKS_FROM_BOX : LOOKS_FROM_LANDMARKS);
    if (found.score() >= MIN_SCORE) {
      return Optional.of(
          new DetectedFace(face.box(), found.five(), face.confidence(), face.rotation()));
    }
    return onlyBox ? Optional.empty() : Optional.of(face);
  }

  /** Without the network: what a probe finds is searched again. */
  @Override
  public List<DetectedFace> probe(GrayImage frame) {
    return detector.probe(frame);
  }

  @Override
  public String recipe() {
    return detector.recipe()
        + " landmarks="
        + LandmarkCrop.METHOD
        + " sha256="
        + network.digest()
        + " looks="
        + LOOKS_FROM_BOX
        + ","
        + LOOKS_FROM_LANDMARKS
        + " min_score="
        + RecipeText.number(MIN_SCORE);
  }

  @Override
  public void close() {
    try {
      detector.close();
    } finally {
      network.close();
    }
  }
}
