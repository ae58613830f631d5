package io.framewarden.extraction.face;

/** The face detectors to choose from, with what each takes where nothing is configured. */
public enum FaceDetectorKind {
  /** OpenCV's frontal-face Haar cascade, out of the OpenCV jar: boxes, no model file needed. */
  CASCADE(0.5, 640, "no model"),
  /** YuNet on ONNX Runtime: boxes and landmarks, needs its .onnx file. */
  YUNET(0.6, 640, "the path of YuNet's .onnx file, which `framewarden fetch yunet` gets"),
  /** MTCNN on ONNX Runtime: boxes and landmarks, needs a folder with its three networks. */
  MTCNN(0.7, 1280, "the path of a folder with pnet.onnx, rnet.onnx and onet.onnx");

  private final double defaultConfidence;
  private final int defaultLongSide;
  private final String neededModel;

  FaceDetectorKind(double defaultConfidence, int defaultLongSide, String neededModel) {
    this.defaultConfidence = defaultConfidence;
    this.defaultLongSide = defaultLongSide;
    this.neededModel = neededModel;
  }

  double defaultConfidence() {
    return defaultConfidence;
  }

  int defaultLongSide() {
    return defaultLongSide;
  }

  /** What {@link FaceDetectorConfig#MODEL} has to name, for messages. */
  public String neededModel() {
    return neededModel;
  }
}
