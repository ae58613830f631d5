package io.framewarden.extraction.face;

/** The face detectors to choose from. */
public enum FaceDetectorKind {
  /** OpenCV's frontal-face Haar cascade, out of the OpenCV jar: boxes, no model file needed. */
  CASCADE,
  /** YuNet on ONNX Runtime: boxes and landmarks, wants its .onnx file. */
  YUNET,
  /** MTCNN on ONNX Runtime: boxes and landmarks, wants a folder with its three networks. */
  MTCNN
}
