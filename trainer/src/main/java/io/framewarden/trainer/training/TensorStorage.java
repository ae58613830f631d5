package io.framewarden.trainer.training;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * A run of numbers in a PyTorch file that tensors are views of.
 *
 * @param type the class that PyTorch has for it, such as {@code FloatStorage}
 * @param key by which the file names it
 * @param size how many numbers
 */
record TensorStorage(String type, String key, long size) {

  private static final String FLOATS = "FloatStorage";

  private static final Map<String, Integer> BYTES =
      Map.of(
          FLOATS,
          4,
          "DoubleStorage",
          8,
          "HalfStorage",
          2,
          "BFloat16Storage",
          2,
          "LongStorage",
          8,
          "IntStorage",
          4,
          "ShortStorage",
          2,
          "CharStorage",
          1,
          "ByteStorage",
          1,
          "BoolStorage",
          1);

  /** Whether its numbers are float32. */
  boolean isFloat() {
    return FLOATS.equals(type);
  }

  /**
   * Reads the numbers of float32.
   *
   * @throws IOException if the stream ends before them
   */
  float[] read(InputStream stream) throws IOException {
    int length = Math.toIntExact(Math.multiplyExact(size, Float.BYTES));
    byte[] bytes = stream.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it ends within storage " + key);
    }
    float[] floats = new float[length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  /** Leaves the numbers out, of whatever type. */
  void skip(InputStream stream) throws IOException {
    Integer bytes = BYTES.get(type);
    if (bytes == null) {
      throw new IOException("storage " + key + " is of unknown type " + type);
    }
    stream.skipNBytes(Math.multiplyExact(size, bytes));
  }
}
