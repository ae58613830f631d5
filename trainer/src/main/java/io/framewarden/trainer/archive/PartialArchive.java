package io.framewarden.trainer.archive;

import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchiveRecord;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.ArchivedFile;
import io.framewarden.v1.Photograph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an interrupted export left behind. Immutable.
 *
 * @param header the archive's header
 * @param files the input files whose faces are all written, in order
 * @param faces how many faces these files have
 * @param completeBytes where the last of these files ends, in bytes from the start of the archive
 */
public record PartialArchive(
    ArchiveHeader header, List<ArchivedFile> files, long faces, long completeBytes) {

  public PartialArchive {
    files = List.copyOf(files);
  }

  /**
   * Reads the {@code .part} file of an archive up to its last complete file. Whatever follows, torn
   * or damaged, is ignored.
   *
   * @param file the archive's own name
   * @param counted receives each face of a complete file, without its images
   * @throws FaceArchiveException when there is no such file, or not even its header can be read
   */
  public static PartialArchive read(Path file, Consumer<ArchivedFace> counted) throws IOException {
    try (FaceArchiveReader reader = new FaceArchiveReader(FaceArchiveWriter.partFile(file))) {
      List<ArchivedFile> files = new ArrayList<>();
      List<ArchivedFace> pending = new ArrayList<>();
      long faces = 0;
      long complete = reader.end();
      Optional<ArchiveRecord> next = nextIntact(reader);
      while (next.isPresent()) {
        if (next.get().hasFace()) {
          pending.add(withoutImages(next.get().getFace()));
        } else {
          files.add(next.get().getFile());
          faces += pending.size();
          complete = reader.end();
          pending.forEach(counted);
          pending.clear();
        }
        next = nextIntact(reader);
      }
      return new PartialArchive(reader.header(), files, faces, complete);
    }
  }

  private static ArchivedFace withoutImages(ArchivedFace face) {
    ArchivedFace.Builder counted = ArchivedFace.newBuilder().setLabel(face.getLabel());
    if (face.hasPhotograph()) {
      counted.setPhotograph(Photograph.getDefaultInstance());
    }
    return counted.build();
  }

  private static Optional<ArchiveRecord> nextIntact(FaceArchiveReader reader) throws IOException {
    try {
      return reader.nextRecord();
    } catch (FaceArchiveException e) {
      return Optional.empty(); // the writer was stopped in the middle of this one
    }
  }
}
