package io.framewarden.trainer.dataset;

import io.framewarden.schemas.archive.FaceArchiveReader;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.trainer.forgery.FaceGeometry;
import io.framewarden.trainer.forgery.FaceGeometry.Spot;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads face archives into a {@link FaceSet}. One use, one thread. */
public final class FaceSetReader {
  private final List<FaceSample> faces = new ArrayList<>();
  private final MessageDigest content = Sha256.start();
  private Path first;
  private String extractionDigest;
  private String extractionRecipe;
  private long unlabelled;

  private FaceSetReader() {}

  /**
   * Reads every labelled face of the archives into memory (50 KB each).
   *
   * @throws io.framewarden.schemas.archive.FaceArchiveException when a file is missing or damaged
   * @throws DatasetException when the archives come from different extractions, or hold faces of
   *     another size, or none that is labelled
   */
  public static FaceSet read(List<Path> archives) throws IOException {
    FaceSetReader reader = new FaceSetReader();
    for (Path archive : archives) {
      reader.add(archive);
    }
    if (reader.faces.isEmpty()) {
      throw new DatasetException(
          archives.stream().map(Path::toString).collect(Collectors.joining(", "))
              + ": no labelled face among "
              + reader.unlabelled
              + "; give `framewarden faces` a folder layout or a CSV that says which are real");
    }
    return new FaceSet(
        reader.faces,
        reader.extractionDigest,
        reader.extractionRecipe,
        Sha256.finish(reader.content),
        reader.unlabelled);
  }

  private void add(Path archive) throws IOException {
    try (FaceArchiveReader reader = new FaceArchiveReader(archive)) {
      String digest = reader.header().getExtractionDigest();
      if (first == null) {
        first = archive;
        extractionDigest = digest;
        extractionRecipe = reader.header().getExtractionRecipe();
      } else if (!digest.equals(extractionDigest)) {
        throw new DatasetException(
            archive
                + ": its faces were extracted by recipe "
                + digest
                + ", those of "
                + first
                + " by "
                + extractionDigest
                + "; a model must see one extraction only: make both with the same"
                + " `framewarden faces` settings");
      }
      for (Optional<ArchivedFace> face = reader.next(); face.isPresent(); face = reader.next()) {
        add(archive, face.get());
      }
    }
  }

  private void add(Path archive, ArchivedFace archived) {
    FaceFrame frame = archived.getFrame();
    FaceLabel label = archived.getLabel();
    if (!label.getLabelled()) {
      unlabelled++;
      return;
    }
    int size = FaceGeometry.SIZE;
    byte[] pixels = frame.getPixels().toByteArray();
    if (frame.getWidth() != size || frame.getHeight() != size || pixels.length != size * size) {
      throw new DatasetException(
          "%s: a face of %s is %d x %d with %d bytes, the model takes %d x %d; extract it again"
              .formatted(
                  archive,
                  frame.getVideoId(),
                  frame.getWidth(),
                  frame.getHeight(),
                  pixels.length,
                  size,
                  size));
    }
    List<Spot> landmarks =
        frame.getLandmarksList().stream().map(p -> new Spot(p.getX(), p.getY())).toList();
    faces.add(
        new FaceSample(
            pixels,
            FaceGeometry.aligned(landmarks),
            label.getFake(),
            domain(label),
            firstNamed(label.getIdentity(), label.getSource(), frame.getVideoId()),
            frame.getVideoId(),
            label.getSplit()));
    content.update(pixels);
    content.update(label.toByteArray());
  }

  private static String domain(FaceLabel label) {
    if (!label.getFake()) {
      return FaceSet.REAL;
    }
    return firstNamed(label.getDomain(), "fake");
  }

  private static String firstNamed(String... names) {
    for (String name : names) {
      if (!name.isBlank()) {
        return name;
      }
    }
    return "";
  }
}
