package io.framewarden.trainer.report;

import io.framewarden.trainer.evaluation.BlurBaseline;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Faces as small images inside the page, plain or under a heat map. Stateless. */
final class FaceThumbnails {
  /**
   * A colour scale from black over violet and orange to light yellow: rises in lightness
   * throughout.
   */
  private static final int[][] HEAT = {
    {12, 8, 38}, {87, 16, 110}, {188, 55, 84}, {249, 142, 9}, {252, 255, 164}
  };

  private static final double HEAT_OPACITY = 0.55;

  private FaceThumbnails() {}

  /** A face, in gray, as a data URI of a JPEG, {@code side} pixels wide. */
  static String plain(byte[] face, int side) {
    return uri(scaled(gray(face), side));
  }

  /**
   * A face under a map.
   *
   * @param map h * w values in 0..1, row by row, h = w
   */
  static String overlaid(byte[] face, float[] map, int side) {
    BufferedImage image = scaled(gray(face), side);
    int cells = (int) Math.round(Math.sqrt(map.length));
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double value = at(map, cells, (x + 0.5) / side * cells, (y + 0.5) / side * cells);
        image.setRGB(x, y, blended(image.getRGB(x, y), value));
      }
    }
    return uri(image);
  }

  /** Bilinear between the middles of cells. */
  private static double at(float[] map, int cells, double x, double y) {
    double fx = Math.max(0, Math.min(cells - 1, x - 0.5));
    double fy = Math.max(0, Math.min(cells - 1, y - 0.5));
    int x0 = (int) fx;
    int y0 = (int) fy;
    int x1 = Math.min(cells - 1, x0 + 1);
    int y1 = Math.min(cells - 1, y0 + 1);
    double top = map[y0 * cells + x0] * (1 - (fx - x0)) + map[y0 * cells + x1] * (fx - x0);
    double low = map[y1 * cells + x0] * (1 - (fx - x0)) + map[y1 * cells + x1] * (fx - x0);
    return top * (1 - (fy - y0)) + low * (fy - y0);
  }

  private static int blended(int rgb, double value) {
    double position = Math.max(0, Math.min(1, value)) * (HEAT.length - 1);
    int below = Math.min(HEAT.length - 2, (int) position);
    int out = 0;
    for (int channel = 0; channel < 3; channel++) {
      double heat =
          HEAT[below][channel] * (1 - (position - below))
              + HEAT[below + 1][channel] * (position - below);
      int gray = rgb >> (16 - 8 * channel) & 0xff;
      out = out << 8 | (int) Math.round(HEAT_OPACITY * heat + (1 - HEAT_OPACITY) * gray);
    }
    return out;
  }

  private static BufferedImage gray(byte[] pixels) {
    byte[] face = BlurBaseline.gray(pixels);
    int side = (int) Math.round(Math.sqrt(face.length));
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, (face[y * side + x] & 0xff) * 0x010101);
      }
    }
    return image;
  }

  private static BufferedImage scaled(BufferedImage image, int side) {
    BufferedImage out = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = out.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, side, side, null);
    graphics.dispose();
    return out;
  }

  private static String uri(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", bytes);
    } catch (IOException e) {
      throw new IllegalStateException("a face cannot be written: " + e.getMessage(), e);
    }
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
