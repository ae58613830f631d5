package io.framewarden.runtime.process;

import io.framewarden.runtime.lifecycle.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Reads a stream to its end and keeps the last bytes, so that no child can fill the memory. */
final class TailReader {
  private static final int KEPT_BYTES = 16 << 10;

  private final InputStream stream;
  private final Thread thread;
  private final byte[] ring = new byte[KEPT_BYTES];
  private long seen;

  TailReader(InputStream stream, String name) {
    this.stream = stream;
    this.thread = Threads.daemon(name, this::read);
  }

  void start() {
    thread.start();
  }

  /** Waits for the stream's end; a grandchild may hold it open, so not for ever. */
  void await(Duration timeout) {
    Threads.awaitUninterruptibly(
        () -> {
          thread.join(timeout.toMillis());
          return null;
        });
  }

  /** The last lines, oldest first. */
  synchronized List<String> lines() {
    int size = (int) Math.min(seen, KEPT_BYTES);
    byte[] tail = new byte[size];
    for (int i = 0; i < size; i++) {
      tail[i] = ring[(int) ((seen - size + i) % KEPT_BYTES)];
    }
    return new String(tail, StandardCharsets.UTF_8).lines().toList();
  }

  private void read() {
    byte[] buffer = new byte[4096];
    try {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        keep(buffer, read);
      }
    } catch (IOException e) {
      return; // what was read until then is kept
    }
  }

  private synchronized void keep(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      ring[(int) (seen++ % KEPT_BYTES)] = bytes[i];
    }
  }
}
