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
  private long written;

  private FaceRingWriter(MappedByteBuffer memory) {
    this.memory = memory;
  }

  /** Maps the file that the parent made; it may be deleted afterwards. */
  static FaceRingWriter open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new FaceRingWriter(channel.map(FileChannel.MapMode.READ_WRITE, 0, RingLayout.bytes()));
    }
  }

  /** Writes a face, as soon as there is room for it. */
  void write(ByteBuffer pixels) {
    if (pixels.remaining() != RingLayout.FACE_BYTES) {
      throw new IllegalArgumentException(
          "a face has " + RingLayout.FACE_BYTES + " bytes, not " + pixels.remaining());
    }
    while (!hasRoom()) {
      LockSupport.parkNanos(NAP_NANOS);
    }
    memory.put(RingLayout.offset(written), pixels, pixels.position(), pixels.remaining());
    written++;
  }

  /** A count out of its bounds was half written: looked at again. */
  private boolean hasRoom() {
    long taken = (long) TAKEN.getVolatile(memory, 0);
    return taken <= written && taken > written - RingLayout.SLOTS;
  }
}
