package io.framewarden.trainer.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.ArchiveRecord;
import java.nio.file.Path;

/**
 * The bytes of one record: a big-endian length of four bytes, then that many bytes of one zstd
 * frame. Stateless.
 */
final class ArchiveRecords {
  /** The first bytes of every archive. */
  static final byte[] MAGIC = {'F', 'W', 'F', 'A', 'C', 'E', 'S', '1'};

  /** The only format that is written and read. */
  static final int FORMAT = 1;

  private static final int COMPRESSION_LEVEL = 3;

  private ArchiveRecords() {}

  /**
   * Compresses a record to one zstd frame.
   *
   * @throws IllegalArgumentException when it has more than {@link Topics#MAX_RECORD_BYTES} bytes,
   *     which a reader would refuse
   */
  static byte[] compress(ArchiveRecord message) {
    byte[] plain = message.toByteArray();
    byte[] compressed = Zstd.compress(plain, COMPRESSION_LEVEL);
    if (Math.max(plain.length, compressed.length) > Topics.MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "a record of " + plain.length + " bytes exceeds the maximum " + Topics.MAX_RECORD_BYTES);
    }
    return compressed;
  }

  /**
   * Reads a record from its zstd frame.
   *
   * @param file the archive, for the error
   * @param name which record, for the error
   * @throws FaceArchiveException when the bytes are not such a frame
   */
  static ArchiveRecord decompress(Path file, String name, byte[] compressed)
      throws FaceArchiveException {
    try {
      long size = Zstd.getFrameContentSize(compressed);
      if (size <= 0 || size > Topics.MAX_RECORD_BYTES) {
        throw damaged(file, name + " is not a zstd frame of a record", null);
      }
      return ArchiveRecord.parseFrom(Zstd.decompress(compressed, (int) size));
    } catch (ZstdException | InvalidProtocolBufferException e) {
      throw damaged(file, name + " cannot be read", e);
    }
  }

  /**
   * @throws FaceArchiveException when no record has that length
   */
  static void checkLength(Path file, String name, int length) throws FaceArchiveException {
    if (length <= 0 || length > Topics.MAX_RECORD_BYTES) {
      throw damaged(file, name + " has a length of " + length, null);
    }
  }

  /**
   * @param cause null where there is none
   */
  static FaceArchiveException damaged(Path file, String what, Throwable cause) {
    return new FaceArchiveException(
        file + ": damaged face archive, " + what + "; make it again", cause);
  }
}
