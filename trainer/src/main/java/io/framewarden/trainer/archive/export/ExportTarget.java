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
 * Where an export writes: a new archive, or an interrupted one. Owns the writer.
 *
 * @param filesDone inputs that are in it already
 */
record ExportTarget(FaceArchiveWriter writer, int filesDone) implements AutoCloseable {
  private static final long MAX_HEADER_BYTES = 1 << 16;

  /**
   * Opens the archive, and counts what is in it already.
   *
   * @throws FaceArchiveException when a file is in the way; the message says what to do
   */
  static ExportTarget open(FaceArchiveOptions options, ArchiveHeader header, ExportTally tally)
      throws IOException {
    Path output = options.output();
    Path part = FaceArchiveWriter.partFile(output);
    if (!options.resume()) {
      if (Files.exists(part)) {
        throw new FaceArchiveException(
            part
                + ": an interrupted export lies there; resume it with --resume, or delete it to"
                + " start again");
      }
      return new ExportTarget(new FaceArchiveWriter(output, header), 0);
    }
    if (!Files.exists(part) && Files.exists(output)) {
      throw new FaceArchiveException(
          output + ": is complete already; leave --resume out to make it again");
    }
    Optional<PartialArchive> started = readPartial(output, part, header, tally);
    if (started.isEmpty()) {
      return new ExportTarget(new FaceArchiveWriter(output, header), 0);
    }
    FaceArchiveWriter writer = FaceArchiveWriter.resume(output, started.get());
    return new ExportTarget(writer, started.get().files().size());
  }

  private static Optional<PartialArchive> readPartial(
      Path output, Path part, ArchiveHeader header, ExportTally tally) throws IOException {
    if (!Files.exists(part)) {
      return Optional.empty();
    }
    PartialArchive partial;
    try {
      partial = PartialArchive.read(output, tally::countFace);
    } catch (FaceArchiveException e) {
      if (Files.size(part) > MAX_HEADER_BYTES) {
        throw e; // it holds work, whatever it is
      }
      return Optional.empty(); // stopped before its header was written: nothing is lost
    }
    if (!partial.header().getExportDigest().equals(header.getExportDigest())) {
      throw new FaceArchiveException(
          part
              + ": was started with other inputs, labels or settings; use the same ones, or delete"
              + " it to start again");
    }
    partial.files().forEach(tally::countFile);
    return Optional.of(partial);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
