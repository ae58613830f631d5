package io.framewarden.testkit.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a GIF of tiny images, block by block, as no encoder would. Used once. */
public final class GifBytes {
  private static final int SCREEN_BYTES = 7;
  private static final int IMAGE_BYTES = 10;
  private static final int TWO_COLORS = 0x80;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /** Begins a file of a size that its images need not have. */
  public GifBytes(int width, int height) {
    file.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer screen = ByteBuffer.allocate(SCREEN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    screen.putShort((short) width).putShort((short) height).put((byte) TWO_COLORS);
    file.writeBytes(screen.array());
    file.writeBytes(new byte[] {0, 0, 0, -1, -1, -1});
  }

  /** Appends how long the next image is shown, in hundredths of a second. */
  public GifBytes delay(int hundredths) {
    file.writeBytes(new byte[] {0x21, (byte) 0xf9, 4, 0, (byte) hundredths, 0, 0, 0});
    return this;
  }

  /** Appends an image that says it has a size; it holds one pixel. */
  public GifBytes image(int width, int height) {
    ByteBuffer image = ByteBuffer.allocate(IMAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    image.put((byte) 0x2c).putInt(0).putShort((short) width).putShort((short) height);
    file.writeBytes(image.array());
    file.writeBytes(new byte[] {2, 2, 0x44, 1, 0});
    return this;
  }

  /** The file. */
  public byte[] end() {
    file.write(0x3b);
    return file.toByteArray();
  }
}
