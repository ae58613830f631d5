package io.framewarden.trainer.archive;

import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchiveRecord;
import io.framewarden.v1.ArchivedFace;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a face archive from front to back, one face in memory at a time. Owns the open file; used
 * by one thread.
 */
public final class FaceArchiveReader implements Closeable {
  private final Path file;
  private final DataInputStream in;
  private final ArchiveHeader header;
  private long records;
  private long start;
  private long end;

  /**
   * @throws FaceArchiveException when the file is missing, no face archive, or of another format
   */
  public FaceArchiveReader(Path file) throws IOException {
    this.file = file;
    this.in = open(file);
    try {
      this.header = readHeader();
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** What the archive says of itself. */
  public ArchiveHeader header() {
    return header;
  }

  /**
   * The next face, or empty at the end of the archive.
   *
   * @throws FaceArchiveException when the archive is damaged or cut off here
   */
  public Optional<ArchivedFace> next() throws IOException {
    Optional<ArchiveRecord> message = nextRecord();
    while (message.isPresent() && message.get().hasFile()) {
      message = nextRecord();
    }
    return message.map(ArchiveRecord::getFace);
  }

  /**
   * Where the record that was read last begins, in bytes from the start of the file. {@link
   * FaceArchiveFile#read} takes it.
   */
  public long position() {
    return start;
  }

  /** The next record behind the header, a face or a file; empty at the end of the archive. */
  Optional<ArchiveRecord> nextRecord() throws IOException {
    Optional<ArchiveRecord> message = read();
    if (message.isPresent() && !message.get().hasFace() && !message.get().hasFile()) {
      throw damaged("is not a face");
    }
    return message;
  }

  /** Where the record that was read last ends, in bytes from the start of the file. */
  long end() {
    return end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static DataInputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FaceArchiveException(file + ": a folder, not a face archive; name the file in it");
    }
    try {
      return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    } catch (NoSuchFileException e) {
      throw new FaceArchiveException(
          file + ": no such face archive; make one with `framewarden faces`", e);
    }
  }

  private ArchiveHeader readHeader() throws IOException {
    byte[] magic = in.readNBytes(ArchiveRecords.MAGIC.length);
    if (!Arrays.equals(magic, ArchiveRecords.MAGIC)) {
      throw new FaceArchiveException(
          file + ": not a face archive; make one with `framewarden faces`");
    }
    end = magic.length;
    ArchiveRecord first = read().orElseThrow(() -> damaged("is missing"));
    if (!first.hasHeader()) {
      throw damaged("is not the header");
    }
    int format = first.getHeader().getFormatVersion();
    if (format != ArchiveRecords.FORMAT) {
      throw new FaceArchiveException(
          file
              + ": face archive of format "
              + format
              + ", this version reads format "
              + ArchiveRecords.FORMAT
              + "; make it again with `framewarden faces`");
    }
    return first.getHeader();
  }

  private Optional<ArchiveRecord> read() throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return Optional.empty();
    }
    in.reset();
    start = end;
    byte[] compressed = readCompressed();
    ArchiveRecord message = ArchiveRecords.decompress(file, name(), compressed);
    records++;
    end = start + Integer.BYTES + compressed.length;
    return Optional.of(message);
  }

  private byte[] readCompressed() throws IOException {
    try {
      int length = in.readInt();
      ArchiveRecords.checkLength(file, name(), length);
      byte[] compressed = new byte[length];
      in.readFully(compressed);
      return compressed;
    } catch (EOFException e) {
      throw ArchiveRecords.damaged(file, name() + " is cut off", e);
    }
  }

  private String name() {
    return "record " + records;
  }

  private FaceArchiveException damaged(String what) {
    return ArchiveRecords.damaged(file, name() + " " + what, null);
  }
}
