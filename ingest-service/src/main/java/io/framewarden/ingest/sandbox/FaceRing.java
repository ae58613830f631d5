package io.framewarden.ingest.sandbox;

import com.google.protobuf.ByteString;
import io.framewarden.ingest.sandbox.wire.ProtocolException;
import io.framewarden.ingest.sandbox.wire.RingLayout;
import io.framewarden.runtime.process.WorkDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The parent's side of the shared memory: a file that has no name any more once the child has it
 * open. The child maps it; this side reads and writes it by calls, since a child that truncates the
 * file would make a mapping of it a trap. Owned by one child; one thread.
 */
final class FaceRing implements AutoCloseable {
  /** Memory that is a file, where there is such a thing. */
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final WorkDirectory folder;
  private final Path file;
  private final FileChannel channel;
  private final RingLayout layout;
  private long taken;

  private FaceRing(WorkDirectory folder, Path file, FileChannel channel, RingLayout layout) {
    this.folder = folder;
    this.file = file;
    this.channel = channel;
    this.layout = layout;
  }

  /** Makes the file, at its whole size, readable by this user only. */
  static FaceRing create(RingLayout layout) throws IOException {
    boolean shared = Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY);
    // A killed service leaves the name of one whose child was starting; the next one removes it.
    WorkDirectory folder =
        WorkDirectory.in(
            shared
                ? WorkDirectory.below(SHARED_MEMORY, "faces")
                : WorkDirectory.temporary("faces"));
    Path file =
        Files.createFile(
            folder.file(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FaceRing ring = new FaceRing(folder, file, channel, layout);
    try {
      ring.reserve();
    } catch (IOException e) {
      ring.close();
      throw e;
    }
    return ring;
  }

  /** Writes every page, so that a full memory is found now and not as a signal to the child. */
  private void reserve() throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(layout.bytes());
    while (zeros.hasRemaining()) {
      channel.write(zeros, zeros.position());
    }
  }

  Path file() {
    return file;
  }

  /** Takes the name away; to be called when the child has opened the file. */
  void forgetName() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Copies the next face out and gives its slot back.
   *
   * @throws ProtocolException when the child has shortened the file
   * @throws InterruptedException when the thread was told to stop; the ring is closed then
   */
  ByteString take() throws IOException, InterruptedException {
    try {
      return next();
    } catch (ClosedByInterruptException e) {
      // An interrupt is no fault of the child's, which is what other failures to read are.
      Thread.interrupted();
      throw new InterruptedException("interrupted while a face was read");
    }
  }

  private ByteString next() throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(layout.faceBytes());
    long from = layout.offset(taken);
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
    folder.close();
  }
}
