package io.framewarden.trainer.dataset;

import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.trainer.archive.FaceArchiveFile;
import io.framewarden.trainer.archive.FaceArchiveReader;
import io.framewarden.trainer.photograph.FacePhotograph;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.PixelFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads what face archives hold into a {@link FaceSet}. The faces stay in the files; what fits into
 * a third of the memory is cached once it was read. One use, one thread.
 */
public final class FaceSetReader {
  /** The faces that the trainer's own networks take. */
  public static final FaceShape OWN =
      new FaceShape(
          AlignmentTemplate.defaults().size(),
          AlignmentTemplate.defaults().size(),
          PixelFormat.GRAY8);

  private static final int CACHE_SHARE = 3;

  private final List<FaceSample> faces = new ArrayList<>();
  private final List<String> contents = new ArrayList<>();
  private final Map<String, String> extractions = new LinkedHashMap<>();
  private final FaceCache<byte[]> aligned;
  private final FaceCache<FacePhotograph> photographs;
  private final FaceShape shape;
  private final long minIndexedBytes;
  private long unlabelled;

  private FaceSetReader(FaceShape shape, long cacheBytes, long minIndexedBytes) {
    this.shape = shape;
    this.aligned = new FaceCache<>(cacheBytes / 2, pixels -> pixels.length);
    this.photographs =
        new FaceCache<>(cacheBytes / 2, photograph -> photograph.image().pixels().length);
    this.minIndexedBytes = minIndexedBytes;
  }

  /** Reads archives of faces that the trainer's own networks take. */
  public static FaceSet read(List<Path> archives) throws IOException {
    return read(archives, OWN);
  }

  /**
   * Reads archives of any size, in some 50 bytes of memory a face. The files must stay as they are
   * while the set is in use. Large ones get an index beside them.
   *
   * @param shape of the faces that are wanted
   * @throws io.framewarden.trainer.archive.FaceArchiveException when a file is missing or damaged
   * @throws DatasetException when the archives hold faces of another shape, or none that is
   *     labelled
   */
  public static FaceSet read(List<Path> archives, FaceShape shape) throws IOException {
    long memory = Runtime.getRuntime().maxMemory() / CACHE_SHARE;
    return new FaceSetReader(shape, memory, IndexFile.MIN_ARCHIVE_BYTES).readAll(archives);
  }

  /**
   * Reads archives with limits of the caller's own.
   *
   * @param cacheBytes memory for faces that were read, at most
   * @param minIndexedBytes archives of so many bytes and more keep their index beside them
   */
  static FaceSet read(List<Path> archives, long cacheBytes, long minIndexedBytes)
      throws IOException {
    return new FaceSetReader(OWN, cacheBytes, minIndexedBytes).readAll(archives);
  }

  private FaceSet readAll(List<Path> archives) throws IOException {
    for (Path archive : archives) {
      add(archive);
    }
    if (faces.isEmpty()) {
      throw new DatasetException(
          archives.stream().map(Path::toString).collect(Collectors.joining(", "))
              + (unlabelled == 0
                  ? ": holds no face; give `framewarden faces` photographs or videos that show"
                      + " people from the front"
                  : ": no labelled face among "
                      + unlabelled
                      + "; give `framewarden faces` a folder layout or a CSV with labels"));
    }
    return new FaceSet(faces, extractions, contentDigest(contents), unlabelled);
  }

  /** The archive's own digest, or one over those of several. */
  private static String contentDigest(List<String> contents) {
    return contents.size() == 1
        ? contents.get(0)
        : Sha256.of(String.join("\n", contents).getBytes(StandardCharsets.UTF_8));
  }

  private void add(Path archive) throws IOException {
    String extraction = addExtraction(archive);
    ArchiveIndex index = IndexFile.of(archive, minIndexedBytes);
    FaceSample.ImageSource images =
        new ArchiveImages(new FaceArchiveFile(archive), extraction, aligned, photographs);
    for (int i = 0; i < index.size(); i++) {
      FaceAttributes attributes = index.attributes().get(index.attributesOf()[i]);
      faces.add(new FaceSample(attributes, images, index.positions()[i], faces.size()));
    }
    contents.add(index.contentDigest());
    unlabelled += index.unlabelled();
  }

  /** Takes note of the recipe that made the archive's faces; returns its digest. */
  private String addExtraction(Path archive) throws IOException {
    try (FaceArchiveReader reader = new FaceArchiveReader(archive)) {
      ArchiveHeader header = reader.header();
      Optional<ArchivedFace> face = reader.next();
      if (face.isPresent()) {
        checkShape(archive, face.get().getFrame());
      }
      extractions.putIfAbsent(header.getExtractionDigest(), header.getExtractionRecipe());
      return header.getExtractionDigest();
    }
  }

  private void checkShape(Path archive, FaceFrame face) {
    boolean fits =
        face.getWidth() == shape.width()
            && face.getHeight() == shape.height()
            && face.getFormat() == shape.format();
    if (!fits) {
      throw new DatasetException(
          "%s: its faces are %s %dx%d, the model takes %s; extract them for it: framewarden faces"
                  .formatted(
                      archive,
                      FaceShape.name(face.getFormat()),
                      face.getWidth(),
                      face.getHeight(),
                      shape)
              + " --for-model MODEL");
    }
  }
}
