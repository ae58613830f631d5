package io.framewarden.schemas.archive;

import com.github.luben.zstd.Zstd;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchiveRecord;
import io.framewarden.v1.ArchivedFace;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a face archive. The file appears under its own name only when {@link #finish()} was
 * called; until then it is a {@code .part} file beside it, and closing without finishing deletes
 * that. One thread.
 */
public final class FaceArchiveWriter implements Closeable {
  static final byte[] MAGIC = {'F', 'W', 'F', 'A', 'C', 'E', 'S', '1'};
  private static final int COMPRESSION_LEVEL = 3;

  private final Path file;
  private final Path part;
  private final DataOutputStream out;
  private long faces;
  private boolean finished;

  public FaceArchiveWriter(Path file, ArchiveHeader header) throws IOException {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16));
    try {
      out.write(MAGIC);
      append(ArchiveRecord.newBuilder().setHeader(header.toBuilder().setFormatVersion(1)).build());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
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

  /** Faces written so far. */
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
      if (!finished) {
        Files.deleteIfExists(part);
      }
    }
  }

  private void append(ArchiveRecord message) throws IOException {
    byte[] plain = message.toByteArray();
    byte[] packed = Zstd.compress(plain, COMPRESSION_LEVEL);
    if (Math.max(plain.length, packed.length) > Topics.MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "a record of " + plain.length + " bytes, the most is " + Topics.MAX_RECORD_BYTES);
    }
    out.writeInt(packed.length);
    out.write(packed);
  }
}
