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
 * file once an input file is complete in it, for {@link #resume}, and deletes it otherwise. One
 * thread.
 */
public final class FaceArchiveWriter implements Closeable {
  private final Path file;
  private final Path part;
  private final DataOutputStream out;
  private long faces;
  private long files;
  private boolean finished;

  /** Starts an archive, over any that was begun before. */
  public FaceArchiveWriter(Path file, ArchiveHeader header) throws IOException {
    this.file = file;
    this.part = part(file);
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16));
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

  private FaceArchiveWriter(Path file, PartialArchive begun) throws IOException {
    this.file = file;
    this.part = part(file);
    FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
    channel.truncate(begun.completeBytes());
    channel.position(begun.completeBytes());
    this.out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
    this.faces = begun.faces();
    this.files = begun.files().size();
  }

  /**
   * Goes on with an archive that was begun, behind its last complete file; what stands there of the
   * next one, a torn record too, is cut off.
   */
  public static FaceArchiveWriter resume(Path file, PartialArchive begun) throws IOException {
    return new FaceArchiveWriter(file, begun);
  }

  /** Where an archive is while it is being written. */
  public static Path part(Path file) {
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

  /** Says that all faces of a file have been written; from now on they outlive this process. */
  public void complete(ArchivedFile input) throws IOException {
    append(ArchiveRecord.newBuilder().setFile(input).build());
    out.flush();
    files++;
  }

  /** Faces written so far, those of an export that this one goes on with among them. */
  public long faces() {
    return faces;
  }

  /** Completes the archive and gives it its name. */
  public void finish() throws IOException {
    out.close();
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    finished = true;
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      if (!finished && files == 0) {
        Files.deleteIfExists(part);
      }
    }
  }

  private void append(ArchiveRecord message) throws IOException {
    byte[] packed = ArchiveRecords.pack(message);
    out.writeInt(packed.length);
    out.write(packed);
  }
}
