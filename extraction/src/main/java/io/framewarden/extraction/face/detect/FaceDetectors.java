package io.framewarden.extraction.face.detect;

import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.extraction.face.onnx.MtcnnDetector;
import io.framewarden.extraction.face.onnx.YuNetDetector;
import io.framewarden.extraction.face.opencv.CascadeDetector;
import io.framewarden.runtime.config.InvalidConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Opens the face detector that a configuration asks for, with the landmark network behind it. */
public final class FaceDetectors {
  private FaceDetectors() {}

  /**
   * Opens a detector, which belongs to the caller.
   *
   * @throws InvalidConfigurationException if the model is missing or is not one of this detector's;
   *     the message names the variable to set
   */
  public static FaceDetector open(FaceDetectorConfig config) {
    FaceDetector detector = detector(config);
    try {
      return new LandmarkedFaceDetector(detector, LandmarkNetwork.bundled());
    } catch (RuntimeException e) {
      detector.close();
      throw e;
    }
  }

  private static FaceDetector detector(FaceDetectorConfig config) {
    return switch (config.kind()) {
      case CASCADE -> CascadeDetector.open(config);
      case YUNET -> YuNetDetector.open(config, model(config));
      case MTCNN -> MtcnnDetector.open(config, model(config));
    };
  }

  private static Path model(FaceDetectorConfig config) {
    if (config.model() == null) {
      throw new InvalidConfigurationException(
          List.of(
              FaceDetectorConfig.MODEL
                  + " is not set: "
                  + config.kind().name().toLowerCase(Locale.ROOT)
                  + " needs "
                  + config.kind().neededModel()));
    }
    return config.model();
  }
}
