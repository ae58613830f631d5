package io.framewarden.detector.scoring;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A face as a small gray JPEG that people can look at. The same face gives the same bytes on the
 * same Java runtime. Stateless.
 */
final class EvidenceJpeg {
  static final int SIDE = 112;
  private static final float QUALITY = 0.85f;

  private EvidenceJpeg() {}

  /**
   * Shrinks (or enlarges) a face to 112 x 112 by averaging, and compresses it.
   *
   * @param face gray8, row-major, width * height bytes
   */
  static ByteString encode(byte[] face, int width, int height) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        pixels[y * SIDE + x] = (byte) average(face, width, height, x, y);
      }
    }
    return compress(image);
  }

  private static int average(byte[] face, int width, int height, int x, int y) {
    int left = x * width / SIDE;
    int right = Math.max(left + 1, (x + 1) * width / SIDE);
    int top = y * height / SIDE;
    int bottom = Math.max(top + 1, (y + 1) * height / SIDE);
    int sum = 0;
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        sum += face[row * width + column] & 0xff;
      }
    }
    int count = (right - left) * (bottom - top);
    return (sum + count / 2) / count;
  }

  private static ByteString compress(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory: the default would create a cache file in the temporary folder for each frame.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("a JPEG cannot be written to memory", e);
    } finally {
      writer.dispose();
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
