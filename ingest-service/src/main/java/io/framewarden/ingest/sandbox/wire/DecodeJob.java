package io.framewarden.ingest.sandbox.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A video to extract.
 *
 * @param number to be repeated in the answer. It cannot be guessed, so that an answer shows that
 *     the question was read: the pipe to a child holds one question at most, and never fills
 * @param file the video
 */
public record DecodeJob(long number, Path file) {
  public void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(number);
    out.writeUTF(file.toAbsolutePath().toString());
  }

  public static DecodeJob readFrom(DataInputStream in) throws IOException {
    return new DecodeJob(in.readLong(), Path.of(in.readUTF()));
  }
}
