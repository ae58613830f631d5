package io.framewarden.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** So many seeded bytes, always the same, that nobody holds in memory. */
public class Noise extends InputStream {
  private final Random random = new Random(1);
  private long left;

  public Noise(long bytes) {
    this.left = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    if (left == 0) {
      return -1;
    }
    int given = (int) Math.min(count, left);
    for (int at = 0; at < given; at++) {
      buffer[offset + at] = (byte) random.nextInt();
    }
    left -= given;
    return given;
  }
}
