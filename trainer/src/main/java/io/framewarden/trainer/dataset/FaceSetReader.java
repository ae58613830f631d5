package io.framewarden.trainer.dataset;

import io.framewarden.schemas.model.Sha256;
import io.framewarden.trainer.archive.FaceArchiveFile;
import io.framewarden.trainer.archive.FaceArchiveReader;
import io.framewarden.trainer.photograph.FacePhotograph;
import io.framewarden.v1.ArchiveHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads what face archives hold into a {@link FaceSet}. The faces stay in the files; what fits into
 * a third of the memory is cached once it was read. One use, one thread.
 */
public final class FaceSetReader {
  private static final int CACHE_SHARE = 3;

  private final List<FaceSample> faces = new ArrayList<>();
  private final List<String> contents = new ArrayList<>();
  private final Map<String, String> extractions = new LinkedHashMap<>();
  private final FaceCache<byte[]> aligned;
  private final FaceCache<FacePhotograph> photographs;
  private final long minIndexedBytes;
  private long unlabelled;

  private FaceSetReader(long cacheBytes, long minIndexedBytes) {
    this.aligned = new FaceCache<>(cacheBytes / 2, pixels -> pixels.length);
    this.photographs =
        new FaceCache<>(cacheBytes / 2, photograph -> photograph.image().pixels().length);
    this.minIndexedBytes = minIndexedBytes;
  }

  /**
   * Reads archives of any size, in some 50 bytes of memory a face. The files must stay as they are
   * while the set is in use. Large ones get an index beside them.
   *
   * @throws io.framewarden.trainer.archive.FaceArchiveException when a file is missing or damaged
   * @throws DatasetException when the archives hold faces of another size, or none that is labelled
   */
  public static FaceSet read(List<Path> archives) throws IOException {
    long memory = Runtime.getRuntime().maxMemory() / CACHE_SHARE;
    return read(archives, memory, IndexFile.MIN_ARCHIVE_BYTES);
  }

  /**
   * Reads archives with limits of the caller's own.
   *
   * @param cacheBytes memory for faces that were read, at most
   * @param minIndexedBytes archives of so many bytes and more keep their index beside them
   */
  static FaceSet read(List<Path> archives, long cacheBytes, long minIndexedBytes)
      throws IOException {
    FaceSetReader reader = new FaceSetReader(cacheBytes, minIndexedBytes);
    for (Path archive : archives) {
      reader.add(archive);
    }
    if (reader.faces.isEmpty()) {
      throw new DatasetException(
          archives.stream().map(Path::toString).collect(Collectors.joining(", "))
              + (reader.unlabelled == 0
                  ? ": holds no face; give `framewarden faces` photographs or videos that show"
                      + " people from the front"
                  : ": no labelled face among "
                      + reader.unlabelled
                      + "; give `framewarden faces` a folder layout or a CSV with labels"));
    }
    return new FaceSet(
        reader.faces, reader.extractions, contentDigest(reader.contents), reader.unlabelled);
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
      extractions.putIfAbsent(header.getExtractionDigest(), header.getExtractionRecipe());
      return header.getExtractionDigest();
    }
  }
}
