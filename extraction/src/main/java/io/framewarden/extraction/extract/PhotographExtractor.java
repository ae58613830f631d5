package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.Chroma;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.ffmpeg.DecodedFrame;
import io.framewarden.extraction.ffmpeg.MediaKind;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Extracts aligned faces from a photograph, for data sets only. The image is padded before
 * detection, since detectors miss faces that fill it; faces are cut out of the image itself. One
 * thread, as the extractor whose detectors it uses.
 */
public final class PhotographExtractor {
  /** Padding at each side, as a part of the longer side. */
  private static final double PADDING = 0.3;

  private final FaceExtractor faces;
  private final boolean largestOnly;

  /**
   * @param largestOnly keep one face, the largest, as a photograph's label speaks of one person
   */
  public PhotographExtractor(FaceExtractor faces, boolean largestOnly) {
    this.faces = faces;
    this.largestOnly = largestOnly;
  }

  /**
   * Extracts one photograph. Bad input is a failed result, not an exception.
   *
   * @param known the faces in it, where somebody has said it: nothing is detected then
   * @throws E what the sink throws
   */
  public <E extends Exception> ExtractionResult extract(
      Path file, String videoId, long attempt, List<DetectedFace> known, FaceSink<E> sink)
      throws E {
    try (VideoReader reader =
        VideoReader.open(
            file, MediaKind.STILL_IMAGE, VideoReader.DEFAULT_STREAM, faces.decoding())) {
      Optional<DecodedFrame> image = reader.next();
      if (image.isEmpty()) {
        return ExtractionResult.failed(FailureReason.NO_FRAMES, "the file holds no image");
      }
      GrayImage luma = image.get().luma();
      Chroma chroma = faces.faceFrames().isColour() ? image.get().chroma() : null;
      List<DetectedFace> found = known.isEmpty() ? detect(luma) : known;
      for (int seq = 0; seq < found.size(); seq++) {
        sink.accept(
            faces
                .faceFrames()
                .align(videoId, attempt, luma, chroma, found.get(seq))
                .setSeq(seq)
                .setTrackId(seq)
                .build());
      }
      return ExtractionResult.of(
          VideoMarker.newBuilder()
              .setFaceFrames(found.size())
              .setDecodedFrames(1)
              .setSampledFrames(1)
              .setTracks(found.size())
              .addStreams(reader.report()));
    } catch (VideoException e) {
      return ExtractionResult.failed(e.reason(), e.getMessage());
    }
  }

  private List<DetectedFace> detect(GrayImage luma) {
    int margin = (int) Math.round(PADDING * Math.max(luma.width(), luma.height()));
    List<DetectedFace> found =
        faces.detectors().detect(pad(luma, margin)).stream()
            .map(face -> shift(face, -margin))
            .toList();
    if (!largestOnly) {
      return found;
    }
    return found.stream()
        .max(Comparator.comparingDouble(face -> face.box().area()))
        .map(List::of)
        .orElse(List.of());
  }

  static GrayImage pad(GrayImage image, int margin) {
    int width = image.width() + 2 * margin;
    int height = image.height() + 2 * margin;
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) borderLevel(image));
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(
          image.pixels(), y * image.width(), pixels, (y + margin) * width + margin, image.width());
    }
    return new GrayImage(width, height, pixels);
  }

  private static long borderLevel(GrayImage image) {
    long sum = 0;
    int right = image.width() - 1;
    int bottom = image.height() - 1;
    for (int x = 0; x <= right; x++) {
      sum += image.at(x, 0) + image.at(x, bottom);
    }
    for (int y = 0; y <= bottom; y++) {
      sum += image.at(0, y) + image.at(right, y);
    }
    return sum / (2L * (image.width() + image.height()));
  }

  private static DetectedFace shift(DetectedFace face, int by) {
    FaceBox box = face.box();
    return new DetectedFace(
        new FaceBox(box.x() + by, box.y() + by, box.width(), box.height()),
        face.landmarks().stream()
            .map(point -> new FacePoint(point.x() + by, point.y() + by))
            .toList(),
        face.confidence(),
        face.rotation());
  }
}
