package io.framewarden.trainer.archive;

import io.framewarden.v1.ArchiveRecord;
import io.framewarden.v1.ArchivedFace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A face archive whose faces are read by position, in any order. Owns one open file and caches no
 * face; safe for several threads.
 */
public final class FaceArchiveFile implements Closeable {
  private final Path file;
  private final FileChannel channel;

  /** Opens a file that {@link FaceArchiveReader} has accepted. */
  public FaceArchiveFile(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  /**
   * Reads the face at a position.
   *
   * @param position what {@link FaceArchiveReader#position()} returned after the face was read, in
   *     bytes from the start of the file
   * @throws FaceArchiveException when the file was changed since, or is damaged there
   */
  public ArchivedFace read(long position) throws IOException {
    String name = "the record at byte " + position;
    int length = bytes(name, position, Integer.BYTES).getInt();
    ArchiveRecords.checkLength(file, name, length);
    byte[] compressed = bytes(name, position + Integer.BYTES, length).array();
    ArchiveRecord message = ArchiveRecords.decompress(file, name, compressed);
    if (!message.hasFace()) {
      throw ArchiveRecords.damaged(file, name + " is not a face", null);
    }
    return message.getFace();
  }

  /** The archive's file. */
  public Path path() {
    return file;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private ByteBuffer bytes(String name, long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw ArchiveRecords.damaged(file, name + " is cut off", null);
      }
    }
    return buffer.flip();
  }
}
