package io.framewarden.detector.engine.tensorrt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;

/** TensorRT's memory to a file. */
final class NativeBuffers {
  private static final int PIECE = 64 << 20;

  private NativeBuffers() {}

  /** Writes a new file, to the disk. */
  static void write(IHostMemory memory, Path target) throws IOException {
    try (FileChannel file =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        BytePointer bytes = new BytePointer(memory.data())) {
      for (long at = 0; at < memory.size(); at += PIECE) {
        ByteBuffer piece =
            bytes.position(at).limit(Math.min(memory.size(), at + PIECE)).asByteBuffer();
        while (piece.hasRemaining()) {
          file.write(piece);
        }
      }
      file.force(true);
    }
  }
}
