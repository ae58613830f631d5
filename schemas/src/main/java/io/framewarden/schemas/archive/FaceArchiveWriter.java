package io.framewarden.schemas.archive;

import com.github.luben.zstd.Zstd;
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
    out.write(MAGIC);
    append(ArchiveRecord.newBuilder().setHeader(header.toBuilder().setFormatVersion(1)).build());
  }

  /** Appends one face. */
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
    out.close();
    if (!finished) {
      Files.deleteIfExists(part);
    }
  }

  private void append(ArchiveRecord message) throws IOException {
    byte[] packed = Zstd.compress(message.toByteArray(), COMPRESSION_LEVEL);
    out.writeInt(packed.length);
    out.write(packed);
  }
}
