package io.framewarden.ingest.submission;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that knows how long it was waited for. One thread. */
final class TimedInputStream extends FilterInputStream {
  private static final double NANOS = 1e9;

  private long nanos;

  TimedInputStream(InputStream content) {
    super(content);
  }

  @Override
  public int read() throws IOException {
    long began = System.nanoTime();
    try {
      return in.read();
    } finally {
      nanos += System.nanoTime() - began;
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long began = System.nanoTime();
    try {
      return in.read(buffer, offset, length);
    } finally {
      nanos += System.nanoTime() - began;
    }
  }

  double seconds() {
    return nanos / NANOS;
  }
}
