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

/**
 * A detector whose faces get their landmarks from the landmark network, which also says which of
 * them are no faces. Owns detector and network until closed. One thread.
 */
final class LandmarkedFaceDetector implements FaceDetector {
  /**
   * Faces with a lower score are dropped. A look that is off has a low score too, so that a wrong
   * face must be far off: see the network's card for what that costs and brings.
   */
  private static final double MIN_SCORE = -3;

  /** A box says less of where a face is than landmarks do. */
  private static final int LOOKS_AT_BOX = 2;

  private static final int LOOKS_AT_LANDMARKS = 1;

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
      DenseLandmarks landmarks =
          network.find(
              frame,
              LandmarkCrop.of(face, LandmarkNetwork.SIDE),
              face.landmarks().isEmpty() ? LOOKS_AT_BOX : LOOKS_AT_LANDMARKS);
      if (landmarks.score() >= MIN_SCORE) {
        faces.add(
            new DetectedFace(face.box(), landmarks.five(), face.confidence(), face.rotation()));
      }
    }
    return faces;
  }

  /** Without landmarks: what a probe finds is looked at again. */
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
        + LOOKS_AT_BOX
        + ","
        + LOOKS_AT_LANDMARKS
        + " min_score="
        + RecipeText.number(MIN_SCORE);
  }

  @Override
  public void close() {
    detector.close();
    network.close();
  }
}
