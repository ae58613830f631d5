package io.framewarden.runtime.store;

import io.framewarden.schemas.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * Content on its way into a store: copied with a small buffer, counted, held to its limit, its
 * sha256 taken. One thread.
 */
public final class ContentCopy {
  private final InputStream content;
  private final long limit;
  private final FreeSpace space;
  private final MessageDigest digest = Sha256.start();
  private final byte[] buffer = new byte[1 << 16];
  private long bytes;

  /**
   * @param content read to its end, not closed
   * @param limit the most bytes to accept
   * @param space of the disk that is written
   */
  public ContentCopy(InputStream content, long limit, FreeSpace space) {
    this.content = content;
    this.limit = limit;
    this.space = space;
  }

  /**
   * Copies on.
   *
   * @param most stop after so many bytes
   * @return how many were copied: fewer than {@code most} at the content's end only
   * @throws ObjectTooLargeException when the content goes beyond its limit
   */
  public long copy(OutputStream out, long most) throws IOException {
    long copied = 0;
    while (copied < most) {
      int read = content.read(buffer, 0, (int) Math.min(buffer.length, most - copied));
      if (read < 0) {
        break;
      }
      if (bytes + read > limit) {
        throw new ObjectTooLargeException(limit);
      }
      space.requireWhileWriting(bytes, read);
      digest.update(buffer, 0, read);
      out.write(buffer, 0, read);
      copied += read;
      bytes += read;
    }
    return copied;
  }

  /** Bytes copied so far. */
  public long bytes() {
    return bytes;
  }

  /** The sha256 of all that was copied; ends the copying. */
  public String sha256() {
    return Sha256.finish(digest);
  }
}
