package io.framewarden.trainer.archive.export;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.align.LandmarkCrop;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.schemas.model.Sha256;
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
import java.util.TreeMap;

/**
 * Which photographs an archive keeps, for pseudo-fakes to be made of: those with dense landmarks,
 * which a table gives or else our landmark network finds. A table says where the faces are, too.
 * Any number of threads; owns the network until closed.
 */
final class KeptPhotographs implements AutoCloseable {
  /**
   * From this score on the network sees a face. Of the faces that detectors give in videos those
   * that score less are eyes and mouths.
   */
  private static final double MIN_SCORE = 2.5;

  /** A box, and landmarks of detectors, are somewhat off. */
  private static final int LOOKS = 2;

  /** Null where the network is asked. */
  private final LandmarkTable table;

  /** Null where there is a table. */
  private final LandmarkNetwork network;

  private final String digest;

  private KeptPhotographs(LandmarkTable table, LandmarkNetwork network, String digest) {
    this.table = table;
    this.network = network;
    this.digest = digest;
  }

  /**
   * Those of a table, or of the network.
   *
   * @param table null for the network
   */
  static KeptPhotographs of(Path table) throws IOException {
    if (table != null) {
      return new KeptPhotographs(LandmarkTable.read(table), null, Sha256.of(table));
    }
    LandmarkNetwork network = LandmarkNetwork.bundled();
    return new KeptPhotographs(null, network, network.digest());
  }

  /** sha256 of what the landmarks come from. */
  String digest() {
    return digest;
  }

  /** The face that a table says is in a photograph; none where none says it. */
  List<DetectedFace> faces(ArchiveInput file) {
    return known(file).map(KeptPhotographs::face).map(List::of).orElse(List.of());
  }

  /**
   * The photograph with each of its faces that has landmarks; of a fake nothing is forged.
   *
   * @param frames the faces that were found, or that {@link #faces} gave
   * @return by the face's number in the file; empty for a video
   */
  Map<Integer, Photograph> of(ArchiveInput file, Path path, List<FaceFrame> frames)
      throws IOException {
    if (!file.photograph() || file.label().getFake() || frames.isEmpty()) {
      return Map.of();
    }
    byte[] image = Files.readAllBytes(path);
    Optional<GrayImage> gray = network == null ? Optional.empty() : PhotographFiles.gray(image);
    Map<Integer, Photograph> kept = new TreeMap<>();
    for (FaceFrame frame : frames) {
      Optional<DenseLandmarks> landmarks =
          network == null
              ? known(file).filter(known -> frames.size() == 1)
              : gray.flatMap(pixels -> find(pixels, frame));
      landmarks
          .flatMap(points -> PhotographFiles.keep(image, points))
          .ifPresent(photograph -> kept.put(frame.getSeq(), photograph));
    }
    return kept;
  }

  private Optional<DenseLandmarks> known(ArchiveInput file) {
    return table == null || !file.photograph() ? Optional.empty() : table.of(file.name());
  }

  /** One at a time: it takes a millisecond of what a photograph's detection takes. */
  private synchronized Optional<DenseLandmarks> find(GrayImage image, FaceFrame frame) {
    Box box = frame.getBox();
    DetectedFace face =
        new DetectedFace(
            new FaceBox(box.getX(), box.getY(), box.getWidth(), box.getHeight()),
            frame.getLandmarksList().stream()
                .map(point -> new FacePoint(point.getX(), point.getY()))
                .toList(),
            frame.getConfidence());
    DenseLandmarks found = network.find(image, LandmarkCrop.of(face, LandmarkNetwork.SIDE), LOOKS);
    return Optional.of(found).filter(landmarks -> landmarks.score() >= MIN_SCORE);
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
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
