package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.VideoStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an extraction made of a file. */
record Extracted(ExtractionResult result, List<FaceFrame> faces) {
  static Extracted of(Path file) {
    return of(file, DecodeOptions.defaults());
  }

  static Extracted of(Path file, DecodeOptions options) {
    List<FaceFrame> faces = new ArrayList<>();
    try (FaceDetector detector = FaceDetectors.open(FaceDetectorConfig.defaults())) {
      ExtractionResult result =
          new FaceExtractor(detector, options, SamplingPolicy.defaults())
              .extract(file, "video", 1, faces::add);
      return new Extracted(result, faces);
    }
  }

  VideoStream stream(int index) {
    return result.streams().stream()
        .filter(stream -> stream.getIndex() == index)
        .findFirst()
        .orElseThrow();
  }

  /** The times of a stream's faces in seconds, in their order. */
  List<Double> faceSeconds(int stream) {
    return faces.stream()
        .filter(face -> face.getStream() == stream)
        .map(face -> face.getPtsUs() / 1e6)
        .toList();
  }
}
