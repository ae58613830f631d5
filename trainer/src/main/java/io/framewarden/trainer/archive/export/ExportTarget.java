package io.framewarden.trainer.archive.export;

import io.framewarden.trainer.archive.FaceArchiveException;
import io.framewarden.trainer.archive.FaceArchiveWriter;
import io.framewarden.trainer.archive.PartialArchive;
import io.framewarden.v1.ArchiveHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an export writes: a new archive, or one that was begun. Owns the writer.
 *
 * @param filesDone inputs that are in it already
 */
record ExportTarget(FaceArchiveWriter writer, int filesDone) implements AutoCloseable {
  private static final long LARGEST_HEADER_BYTES = 1 << 16;

  /**
   * Opens the archive, and counts what is in it already.
   *
   * @throws FaceArchiveException when something is in the way; the message says what to do
   */
  static ExportTarget open(FaceArchiveOptions options, ArchiveHeader header, ExportTally tally)
      throws IOException {
    Path output = options.output();
    Path part = FaceArchiveWriter.partFile(output);
    if (!options.resume()) {
      if (Files.exists(part)) {
        throw new FaceArchiveException(
            part
                + ": an interrupted export lies there; go on with it by --resume, or delete it to"
                + " start again");
      }
      return new ExportTarget(new FaceArchiveWriter(output, header), 0);
    }
    if (!Files.exists(part) && Files.exists(output)) {
      throw new FaceArchiveException(
          output + ": is whole already; leave --resume out to make it again");
    }
    Optional<PartialArchive> begun = begun(output, part, header, tally);
    if (begun.isEmpty()) {
      return new ExportTarget(new FaceArchiveWriter(output, header), 0);
    }
    FaceArchiveWriter writer = FaceArchiveWriter.resume(output, begun.get());
    return new ExportTarget(writer, begun.get().files().size());
  }

  private static Optional<PartialArchive> begun(
      Path output, Path part, ArchiveHeader header, ExportTally tally) throws IOException {
    if (!Files.exists(part)) {
      return Optional.empty();
    }
    PartialArchive begun;
    try {
      begun = PartialArchive.read(output, tally::face);
    } catch (FaceArchiveException e) {
      if (Files.size(part) > LARGEST_HEADER_BYTES) {
        throw e; // somebody's work, of which nothing is known
      }
      return Optional.empty(); // stopped before its header was written: nothing is lost
    }
    if (!begun.header().getExportDigest().equals(header.getExportDigest())) {
      throw new FaceArchiveException(
          part
              + ": was begun with other inputs, labels or settings; use the same ones, or delete it"
              + " to start again");
    }
    begun.files().forEach(tally::file);
    return Optional.of(begun);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
