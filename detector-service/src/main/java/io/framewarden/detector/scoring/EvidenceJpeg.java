package io.framewarden.detector.scoring;

import com.google.protobuf.ByteString;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.v1.PixelFormat;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A face as a small JPEG that people can look at, gray or in colour as it is. The same face gives
 * the same bytes on the same Java runtime. Stateless.
 */
final class EvidenceJpeg {
  static final int SIDE = 112;
  private static final float QUALITY = 0.85f;

  private EvidenceJpeg() {}

  /**
   * Shrinks (or enlarges) a face to 112 x 112 by averaging, and compresses it.
   *
   * @param face row-major, of that shape
   */
  static ByteString encode(byte[] face, FaceShape shape) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, type(shape.format()));
    WritableRaster raster = image.getRaster();
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          raster.setSample(x, y, channel, average(face, shape, x, y, channel));
        }
      }
    }
    return compress(image);
  }

  /** Bands in the order of a face's channels. */
  private static int type(PixelFormat format) {
    return switch (format) {
      case GRAY8, UNRECOGNIZED -> BufferedImage.TYPE_BYTE_GRAY;
      case RGB8 -> BufferedImage.TYPE_INT_RGB;
    };
  }

  private static int average(byte[] face, FaceShape shape, int x, int y, int channel) {
    int width = shape.width();
    int height = shape.height();
    int left = x * width / SIDE;
    int right = Math.max(left + 1, (x + 1) * width / SIDE);
    int top = y * height / SIDE;
    int bottom = Math.max(top + 1, (y + 1) * height / SIDE);
    int sum = 0;
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        sum += face[(row * width + column) * shape.channels() + channel] & 0xff;
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
