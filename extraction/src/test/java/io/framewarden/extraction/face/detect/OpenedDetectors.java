package io.framewarden.extraction.face.detect;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.FaceDetectorKind;
import io.framewarden.testkit.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;

/** The detectors under test; those whose weights are not here skip the test and say so. */
enum OpenedDetectors {
  CASCADE(FaceDetectorKind.CASCADE, ""),
  YUNET_DYNAMIC(FaceDetectorKind.YUNET, "yunet/yunet_n_dynamic.onnx"),
  YUNET_FIXED(FaceDetectorKind.YUNET, "yunet/yunet_s_640_640.onnx"),
  MTCNN(FaceDetectorKind.MTCNN, "mtcnn");

  private final FaceDetectorKind kind;
  private final String weights;

  OpenedDetectors(FaceDetectorKind kind, String weights) {
    this.kind = kind;
    this.weights = weights;
  }

  FaceDetectorConfig config() {
    if (weights.isEmpty()) {
      return FaceDetectorConfig.of(kind, null);
    }
    Path model = SharedData.folder("weights").resolve(weights);
    assumeTrue(Files.exists(model), "there are no weights at " + model);
    return FaceDetectorConfig.of(kind, model);
  }

  FaceDetector open() {
    return FaceDetectors.open(config());
  }
}
