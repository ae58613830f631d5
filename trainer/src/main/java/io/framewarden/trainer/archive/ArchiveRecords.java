package io.framewarden.trainer.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.ArchiveRecord;
import java.nio.file.Path;

/** A record's bytes: a length of four bytes, big-endian, then that many of one zstd frame. */
final class ArchiveRecords {
  /** The first bytes of every archive. */
  static final byte[] MAGIC = {'F', 'W', 'F', 'A', 'C', 'E', 'S', '1'};

  /** The newest format; the older ones are read too. */
  static final int FORMAT = 2;

  private static final int COMPRESSION_LEVEL = 3;

  private ArchiveRecords() {}

  /**
   * @throws IllegalArgumentException when the record is larger than a reader would accept
   */
  static byte[] pack(ArchiveRecord message) {
    byte[] plain = message.toByteArray();
    byte[] packed = Zstd.compress(plain, COMPRESSION_LEVEL);
    if (Math.max(plain.length, packed.length) > Topics.MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "a record of " + plain.length + " bytes, the most is " + Topics.MAX_RECORD_BYTES);
    }
    return packed;
  }

  /**
   * @param name which record, for the error
   */
  static ArchiveRecord unpack(Path file, String name, byte[] packed) throws FaceArchiveException {
    try {
      long size = Zstd.getFrameContentSize(packed);
      if (size <= 0 || size > Topics.MAX_RECORD_BYTES) {
        throw damaged(file, name + " is not a zstd frame of a record", null);
      }
      return ArchiveRecord.parseFrom(Zstd.decompress(packed, (int) size));
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

  static FaceArchiveException damaged(Path file, String what, Throwable cause) {
    return new FaceArchiveException(
        file + ": damaged face archive, " + what + "; make it again", cause);
  }
}
