package io.framewarden.schemas.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.framewarden.schemas.topic.Topics;
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

/** Reads a face archive from front to back, one face in memory at a time. One thread. */
public final class FaceArchiveReader implements Closeable {
  private final Path file;
  private final DataInputStream in;
  private final ArchiveHeader header;
  private long records;

  /**
   * @throws FaceArchiveException when the file is missing, no archive, or of a newer format
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

  public ArchiveHeader header() {
    return header;
  }

  /** The next face, or empty at the end of the archive. */
  public Optional<ArchivedFace> next() throws IOException {
    Optional<ArchiveRecord> message = read();
    if (message.isEmpty()) {
      return Optional.empty();
    }
    if (!message.get().hasFace()) {
      throw damaged("is not a face", null);
    }
    return Optional.of(message.get().getFace());
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
    byte[] magic = in.readNBytes(FaceArchiveWriter.MAGIC.length);
    if (!Arrays.equals(magic, FaceArchiveWriter.MAGIC)) {
      throw new FaceArchiveException(
          file + ": not a face archive; make one with `framewarden faces`");
    }
    ArchiveRecord first = read().orElseThrow(() -> damaged("is missing", null));
    if (!first.hasHeader()) {
      throw damaged("is not the header", null);
    }
    if (first.getHeader().getFormatVersion() != 1) {
      throw new FaceArchiveException(
          file
              + ": face archive of format "
              + first.getHeader().getFormatVersion()
              + ", this version reads format 1; make it again or use a newer version");
    }
    return first.getHeader();
  }

  private Optional<ArchiveRecord> read() throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return Optional.empty();
    }
    in.reset();
    byte[] packed = readPacked();
    try {
      long size = Zstd.getFrameContentSize(packed);
      if (size <= 0 || size > Topics.MAX_RECORD_BYTES) {
        throw damaged("is not a zstd frame of a record", null);
      }
      ArchiveRecord message = ArchiveRecord.parseFrom(Zstd.decompress(packed, (int) size));
      records++;
      return Optional.of(message);
    } catch (ZstdException | InvalidProtocolBufferException e) {
      throw damaged("cannot be read", e);
    }
  }

  private byte[] readPacked() throws IOException {
    try {
      int length = in.readInt();
      if (length <= 0 || length > Topics.MAX_RECORD_BYTES) {
        throw damaged("has a length of " + length, null);
      }
      byte[] packed = new byte[length];
      in.readFully(packed);
      return packed;
    } catch (EOFException e) {
      throw damaged("is cut off", e);
    }
  }

  private FaceArchiveException damaged(String what, Throwable cause) {
    return new FaceArchiveException(
        file + ": damaged face archive, record " + records + " " + what + "; make it again", cause);
  }
}
