package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A sheet of squares with their landmarks, to be looked at. Stateless. */
final class LandmarkSheet {
  private static final int SIDE = LandmarkNetwork.SIDE;
  private static final int SCALE = 2;
  private static final int COLUMNS = 10;

  private LandmarkSheet() {}

  /** Writes a PNG of the squares, enlarged, row by row; landmarks are dots. */
  static void write(List<LandmarkSample> samples, Path png) throws IOException {
    int cell = SIDE * SCALE;
    int rows = (samples.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage sheet =
        new BufferedImage(COLUMNS * cell, rows * cell, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    for (int i = 0; i < samples.size(); i++) {
      int left = i % COLUMNS * cell;
      int top = i / COLUMNS * cell;
      LandmarkSample sample = samples.get(i);
      graphics.drawImage(image(sample.pixels()), left, top, cell, cell, null);
      graphics.setColor(Color.GREEN);
      for (int p = 0; p < sample.points().length; p += 2) {
        int x = left + Math.round(sample.points()[p] * cell);
        int y = top + Math.round(sample.points()[p + 1] * cell);
        graphics.fillRect(x - 1, y - 1, 2, 2);
      }
    }
    graphics.dispose();
    ImageIO.write(sheet, "png", png.toFile());
  }

  private static BufferedImage image(byte[] pixels) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
    return image;
  }
}
