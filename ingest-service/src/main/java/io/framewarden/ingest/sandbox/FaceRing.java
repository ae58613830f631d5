package io.framewarden.ingest.sandbox;

import com.google.protobuf.ByteString;
import io.framewarden.ingest.sandbox.wire.ProtocolException;
import io.framewarden.ingest.sandbox.wire.RingLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The parent's side of the shared memory: a file that has no name any more once the child has it
 * open. The child maps it; this side reads and writes it by calls, since a child that truncates the
 * file would make a mapping of it a trap. Owned by one child; one thread.
 */
final class FaceRing implements AutoCloseable {
  /** What the files' names begin with. */
  static final String PREFIX = "framewarden-faces-";

  /** Memory that is a file, where there is such a thing. */
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /** Files of this process that have a name; to open one a second time would lose its lock. */
  private static final Set<Path> NAMED = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private long taken;

  private FaceRing(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Makes the file, at its whole size, readable by this user only. As long as this process lives it
   * holds a lock on it, so that others see what was left by one that died.
   *
   * @param id of the child, not used before
   */
  static FaceRing create(String id) throws IOException {
    Path file = folder().resolve(PREFIX + id);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    NAMED.add(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FaceRing ring = new FaceRing(file, channel);
    try {
      channel.tryLock();
      ring.reserve();
    } catch (IOException e) {
      ring.close();
      throw e;
    }
    return ring;
  }

  /** Writes every page, so that a full memory is found now and not as a signal to the child. */
  private void reserve() throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(RingLayout.bytes());
    while (zeros.hasRemaining()) {
      channel.write(zeros, zeros.position());
    }
  }

  /** Where such files are. */
  static Path folder() {
    boolean shared = Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY);
    return shared ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** Whether a file is one of this process's. */
  static boolean isOurs(Path file) {
    return NAMED.contains(file);
  }

  Path file() {
    return file;
  }

  /** Takes the name away; to be called when the child has opened the file. */
  void forgetName() throws IOException {
    Files.deleteIfExists(file);
    NAMED.remove(file);
  }

  /**
   * Copies the next face out and gives its slot back.
   *
   * @throws ProtocolException when the child has shortened the file
   */
  ByteString take() throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(RingLayout.FACE_BYTES);
    long from = RingLayout.offset(taken);
    while (pixels.hasRemaining()) {
      int read = channel.read(pixels, from + pixels.position());
      if (read < 0) {
        throw new ProtocolException("the shared memory has been cut off");
      }
    }
    taken++;
    ByteBuffer count = ByteBuffer.allocate(Long.BYTES).putLong(0, taken);
    channel.write(count, 0);
    return ByteString.copyFrom(pixels.flip());
  }

  @Override
  public void close() throws IOException {
    channel.close();
    forgetName();
  }
}
