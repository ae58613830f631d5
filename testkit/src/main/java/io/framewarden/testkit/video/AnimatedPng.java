package io.framewarden.testkit.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes an animated PNG, chunk by chunk, of one colour a frame. Used once. */
public final class AnimatedPng {
  /** Gray, of any depth. */
  public static final int GRAY = 0;

  /** Red, green and blue. */
  public static final int RGB = 2;

  /** Gray and opacity. */
  public static final int GRAY_ALPHA = 4;

  /** Red, green, blue and opacity. */
  public static final int RGB_ALPHA = 6;

  private static final int HEADER_BYTES = 13;
  private static final int CONTROL_BYTES = 26;
  private static final int CHUNK_BYTES = 12;

  private final int width;
  private final int height;
  private final int bitsPerPixel;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private int frames;
  private int sequence;

  /**
   * Begins a file.
   *
   * @param depth bits of a component: 1, 8 or 16
   * @param colors one of the constants
   */
  public AnimatedPng(int width, int height, int depth, int colors) {
    this.width = width;
    this.height = height;
    this.bitsPerPixel = depth * ((colors & RGB) != 0 ? 3 : 1) + ((colors & GRAY_ALPHA) / 4) * depth;
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).putInt(width).putInt(height);
    chunk("IHDR", header.put((byte) depth).put((byte) colors).array());
  }

  /** Says that the file is an animation of so many frames. */
  public AnimatedPng animation(int count) {
    return chunk("acTL", ByteBuffer.allocate(Long.BYTES).putInt(count).array());
  }

  /**
   * Appends a frame that covers the whole image.
   *
   * @param pixel the bytes of each pixel; a byte of eight pixels where each has one bit
   * @param hundredths how long it is shown
   */
  public AnimatedPng frame(byte[] pixel, int hundredths) {
    ByteBuffer control = ByteBuffer.allocate(CONTROL_BYTES).putInt(sequence++);
    control.putInt(width).putInt(height).putLong(0);
    chunk("fcTL", control.putShort((short) hundredths).putShort((short) 100).array());
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int y = 0; y < height; y++) {
      rows.write(0);
      for (int bits = 0; bits < width * bitsPerPixel; bits += 8 * pixel.length) {
        rows.writeBytes(pixel);
      }
    }
    byte[] packed = deflate(rows.toByteArray());
    if (frames++ == 0) {
      return chunk("IDAT", packed);
    }
    return chunk(
        "fdAT",
        ByteBuffer.allocate(Integer.BYTES + packed.length).putInt(sequence++).put(packed).array());
  }

  /** Appends any chunk. */
  public AnimatedPng chunk(String type, byte[] content) {
    byte[] body =
        ByteBuffer.allocate(Integer.BYTES + content.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(content)
            .array();
    CRC32 checksum = new CRC32();
    checksum.update(body);
    ByteBuffer whole = ByteBuffer.allocate(CHUNK_BYTES + content.length).putInt(content.length);
    file.writeBytes(whole.put(body).putInt((int) checksum.getValue()).array());
    return this;
  }

  /** The file. */
  public byte[] end() {
    chunk("IEND", new byte[0]);
    return file.toByteArray();
  }

  private static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[4096];
    while (!deflater.finished()) {
      out.write(piece, 0, deflater.deflate(piece));
    }
    deflater.end();
    return out.toByteArray();
  }
}
