package io.framewarden.trainer.archive.export;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.photograph.DenseLandmarks;
import io.framewarden.trainer.photograph.PhotographFiles;
import io.framewarden.v1.Box;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.Photograph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which photographs an archive keeps, for pseudo-fakes to be made of. Any number of threads. */
final class KeptPhotographs {
  private final LandmarkTable landmarks;

  private KeptPhotographs(LandmarkTable landmarks) {
    this.landmarks = landmarks;
  }

  /**
   * Those that a table has dense landmarks of.
   *
   * @param table null for none
   */
  static KeptPhotographs of(Path table) throws IOException {
    return new KeptPhotographs(table == null ? null : LandmarkTable.read(table));
  }

  /**
   * The photograph with the landmarks of one of the faces that were found in it: the one whose box
   * the landmarks lie in.
   *
   * @return by the face's number in the file; empty for a video, or without landmarks
   */
  Map<Integer, Photograph> of(ArchiveInput file, Path path, List<FaceFrame> frames)
      throws IOException {
    if (landmarks == null || !file.photograph()) {
      return Map.of();
    }
    Optional<DenseLandmarks> known = landmarks.of(file.name());
    Optional<FaceFrame> frame =
        known.flatMap(
            points -> frames.stream().filter(face -> isIn(face.getBox(), points)).findFirst());
    if (frame.isEmpty()) {
      return Map.of();
    }
    return PhotographFiles.keep(Files.readAllBytes(path), known.orElseThrow())
        .map(photograph -> Map.of(frame.get().getSeq(), photograph))
        .orElse(Map.of());
  }

  /** Whether the nose is in the box and the eyes are apart by a fair part of its width. */
  private static boolean isIn(Box box, DenseLandmarks points) {
    FacePoint nose = points.point(DenseLandmarks.NOSE_TIP);
    boolean inside =
        nose.x() >= box.getX()
            && nose.y() >= box.getY()
            && nose.x() <= box.getX() + box.getWidth()
            && nose.y() <= box.getY() + box.getHeight();
    double part = points.faceWidth() / box.getWidth();
    return inside && part > 0.5 && part < 2;
  }
}
