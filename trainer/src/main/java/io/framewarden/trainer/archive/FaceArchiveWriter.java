package io.framewarden.trainer.archive;

import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchiveRecord;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.ArchivedFile;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a face archive. The file appears under its own name only when {@link #finish()} was
 * called; until then it is a {@code .part} file beside it. Closing without finishing keeps that
 * file for {@link #resume} once an input file is complete in it, and deletes it otherwise. Owns the
 * open file; used by one thread.
 */
public final class FaceArchiveWriter implements Closeable {
  private final Path file;
  private final Path partFile;
  private final DataOutputStream out;
  private long faces;
  private long files;
  private boolean finished;

  /**
   * Starts an archive, and overwrites the {@code .part} file of an interrupted export.
   *
   * @param header its format version is set here
   */
  public FaceArchiveWriter(Path file, ArchiveHeader header) throws IOException {
    this.file = file;
    this.partFile = partFile(file);
    this.out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(partFile), 1 << 16));
    try {
      out.write(ArchiveRecords.MAGIC);
      ArchiveHeader current = header.toBuilder().setFormatVersion(ArchiveRecords.FORMAT).build();
      append(ArchiveRecord.newBuilder().setHeader(current).build());
      out.flush();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private FaceArchiveWriter(Path file, PartialArchive partial) throws IOException {
    this.file = file;
    this.partFile = partFile(file);
    FileChannel channel = FileChannel.open(partFile, StandardOpenOption.WRITE);
    channel.truncate(partial.completeBytes());
    channel.position(partial.completeBytes());
    this.out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
    this.faces = partial.faces();
    this.files = partial.files().size();
  }

  /**
   * Resumes an interrupted export behind its last complete file. What stands there of the next one,
   * even a torn record, is cut off.
   */
  public static FaceArchiveWriter resume(Path file, PartialArchive partial) throws IOException {
    return new FaceArchiveWriter(file, partial);
  }

  /** The {@code .part} file that an archive is while it is being written. */
  public static Path partFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /**
   * Appends one face.
   *
   * @throws IllegalArgumentException when the face is larger than a reader would accept
   */
  public void write(ArchivedFace face) throws IOException {
    append(ArchiveRecord.newBuilder().setFace(face).build());
    faces++;
  }

  /** Records that all faces of an input file are written; they now survive an interrupt. */
  public void completeFile(ArchivedFile input) throws IOException {
    append(ArchiveRecord.newBuilder().setFile(input).build());
    out.flush();
    files++;
  }

  /** Faces in the archive so far, those of the interrupted export among them. */
  public long faces() {
    return faces;
  }

  /** Completes the archive and gives it its own name, in place of any file of that name. */
  public void finish() throws IOException {
    out.close();
    Files.move(partFile, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    finished = true;
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      if (!finished && files == 0) {
        Files.deleteIfExists(partFile);
      }
    }
  }

  private void append(ArchiveRecord message) throws IOException {
    byte[] compressed = ArchiveRecords.compress(message);
    out.writeInt(compressed.length);
    out.write(compressed);
  }
}
