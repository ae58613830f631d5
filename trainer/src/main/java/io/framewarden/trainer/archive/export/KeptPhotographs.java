package io.framewarden.trainer.archive.export;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.photograph.DenseLandmarks;
import io.framewarden.trainer.photograph.PhotographFiles;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.Photograph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which photographs an archive keeps, for pseudo-fakes to be made of: those whose dense landmarks a
 * table gives. The table says where their faces are, too. Any number of threads.
 */
final class KeptPhotographs {
  private final LandmarkTable landmarks;

  private KeptPhotographs(LandmarkTable landmarks) {
    this.landmarks = landmarks;
  }

  /**
   * Those of a table.
   *
   * @param table null for none
   */
  static KeptPhotographs of(Path table) throws IOException {
    return new KeptPhotographs(table == null ? null : LandmarkTable.read(table));
  }

  /** The face that the table says is in a photograph; none where it does not say. */
  List<DetectedFace> faces(ArchiveInput file) {
    return known(file).map(KeptPhotographs::face).map(List::of).orElse(List.of());
  }

  /**
   * The photograph of the face that {@link #faces} gave.
   *
   * @return by the face's number in the file; empty for a video, or without landmarks
   */
  Map<Integer, Photograph> of(ArchiveInput file, Path path, List<FaceFrame> frames)
      throws IOException {
    Optional<DenseLandmarks> known = known(file);
    if (known.isEmpty() || frames.size() != 1) {
      return Map.of();
    }
    return PhotographFiles.keep(Files.readAllBytes(path), known.get())
        .map(photograph -> Map.of(frames.get(0).getSeq(), photograph))
        .orElse(Map.of());
  }

  private Optional<DenseLandmarks> known(ArchiveInput file) {
    return landmarks == null || !file.photograph() ? Optional.empty() : landmarks.of(file.name());
  }

  private static DetectedFace face(DenseLandmarks points) {
    double left = points.points().stream().mapToDouble(FacePoint::x).min().orElseThrow();
    double top = points.points().stream().mapToDouble(FacePoint::y).min().orElseThrow();
    double right = points.points().stream().mapToDouble(FacePoint::x).max().orElseThrow();
    double bottom = points.points().stream().mapToDouble(FacePoint::y).max().orElseThrow();
    FaceBox box =
        new FaceBox((float) left, (float) top, (float) (right - left), (float) (bottom - top));
    return new DetectedFace(box, points.five(), 1);
  }
}
