package io.framewarden.extraction.face.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Luma as the three equal channels, {@code (value - 127.5) / 128}, that MTCNN's networks take. */
final class MtcnnInput {
  static final int CHANNELS = 3;

  private MtcnnInput() {}

  /** A buffer for so many gray pixels in all channels. */
  static FloatBuffer allocate(int pixels) {
    return ByteBuffer.allocateDirect(pixels * CHANNELS * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Writes a gray8 image at an index of the batch. */
  static void put(FloatBuffer input, int index, byte[] pixels) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((pixels[i] & 0xff) - 127.5f) / 128;
    }
    for (int channel = 0; channel < CHANNELS; channel++) {
      input.put((index * CHANNELS + channel) * values.length, values);
    }
  }
}
