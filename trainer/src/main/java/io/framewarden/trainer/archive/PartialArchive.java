package io.framewarden.trainer.archive;

import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchiveRecord;
import io.framewarden.v1.ArchivedFile;
import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an interrupted export left behind.
 *
 * @param header of the archive
 * @param files the complete ones, in order
 * @param faces of these files
 * @param completeBytes where the last complete file ends
 */
public record PartialArchive(
    ArchiveHeader header, List<ArchivedFile> files, long faces, long completeBytes) {

  public PartialArchive {
    files = List.copyOf(files);
  }

  /**
   * Reads the {@code .part} file of an archive up to its last complete file. Whatever follows, torn
   * or damaged, is not looked at.
   *
   * @param file the archive's own name
   * @param labels gets the label of each face of a complete file
   * @throws FaceArchiveException when there is no such file, or not even its header can be read
   */
  public static PartialArchive of(Path file, Consumer<FaceLabel> labels) throws IOException {
    try (FaceArchiveReader reader = new FaceArchiveReader(FaceArchiveWriter.part(file))) {
      List<ArchivedFile> files = new ArrayList<>();
      List<FaceLabel> pending = new ArrayList<>();
      long faces = 0;
      long complete = reader.end();
      Optional<ArchiveRecord> next = intact(reader);
      while (next.isPresent()) {
        if (next.get().hasFace()) {
          pending.add(next.get().getFace().getLabel());
        } else {
          files.add(next.get().getFile());
          faces += pending.size();
          complete = reader.end();
          pending.forEach(labels);
          pending.clear();
        }
        next = intact(reader);
      }
      return new PartialArchive(reader.header(), files, faces, complete);
    }
  }

  private static Optional<ArchiveRecord> intact(FaceArchiveReader reader) throws IOException {
    try {
      return reader.nextRecord();
    } catch (FaceArchiveException e) {
      return Optional.empty(); // the writer was stopped in the middle of this one
    }
  }
}
