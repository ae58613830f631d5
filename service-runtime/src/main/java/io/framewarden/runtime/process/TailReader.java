package io.framewarden.runtime.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Reads a stream to its end and keeps the last bytes, so that no child can fill the memory. */
final class TailReader {
  private static final int KEPT = 16 << 10;

  private final InputStream stream;
  private final Thread thread;
  private final byte[] ring = new byte[KEPT];
  private long seen;

  TailReader(InputStream stream, String name) {
    this.stream = stream;
    this.thread = new Thread(this::read, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Waits for the stream's end; a grandchild may hold it open, so not for ever. */
  void await(Duration patience) {
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last lines, oldest first. */
  synchronized List<String> lines() {
    int size = (int) Math.min(seen, KEPT);
    byte[] tail = new byte[size];
    for (int i = 0; i < size; i++) {
      tail[i] = ring[(int) ((seen - size + i) % KEPT)];
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
      ring[(int) (seen++ % KEPT)] = bytes[i];
    }
  }
}
