package io.framewarden.ingest.sandbox.child;

import io.framewarden.ingest.sandbox.wire.RingLayout;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** The child's side of the shared memory. One thread. */
final class FaceRingWriter {
  private static final VarHandle TAKEN =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long NAP_NANOS = 200_000;

  private final MappedByteBuffer memory;
  private final RingLayout layout;
  private long written;

  private FaceRingWriter(MappedByteBuffer memory, RingLayout layout) {
    this.memory = memory;
    this.layout = layout;
  }

  /** Maps the file that the parent made; it may be deleted afterwards. */
  static FaceRingWriter open(Path file, RingLayout layout) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new FaceRingWriter(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, layout.bytes()), layout);
    }
  }

  /** Writes a face, as soon as there is room for it. */
  void write(ByteBuffer pixels) {
    if (pixels.remaining() != layout.faceBytes()) {
      throw new IllegalArgumentException(
          "a face has " + layout.faceBytes() + " bytes, not " + pixels.remaining());
    }
    while (!hasRoom()) {
      LockSupport.parkNanos(NAP_NANOS);
    }
    memory.put(layout.offset(written), pixels, pixels.position(), pixels.remaining());
    written++;
  }

  /** A count out of its bounds was half written: looked at again. */
  private boolean hasRoom() {
    long taken = (long) TAKEN.getVolatile(memory, 0);
    return taken <= written && taken > written - RingLayout.SLOTS;
  }
}
