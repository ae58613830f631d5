package io.framewarden.trainer.photograph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.v1.Photograph;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PhotographFilesTest {
  private final DenseLandmarks landmarks = SyntheticFaces.face(1).landmarks();

  @Test
  void smallJpegIsKeptAsItCame() throws IOException {
    byte[] file = file(224, 224, 0, 0, 1, "jpg");
    Photograph kept = PhotographFiles.keep(file, landmarks).orElseThrow();
    assertArrayEquals(file, kept.getImage().toByteArray());
    FacePhotograph read = PhotographFiles.read(kept);
    assertEquals(224, read.image().width());
    assertEquals(landmarks.points(), read.landmarks().points());
  }

  /** The landmarks still lie where the face is: the drawn nose is the only bright place. */
  @Test
  void ofALargePhotographTheSurroundingsOfTheFaceAreKept() throws IOException {
    for (double scale : new double[] {1, 3}) {
      byte[] file = file(1600, 1200, 700, 300, scale, "png");
      DenseLandmarks placed = landmarks.moved(new SimilarityTransform(scale, 0, 700, 300));
      FacePhotograph read = PhotographFiles.read(PhotographFiles.keep(file, placed).orElseThrow());
      GrayImage image = read.image();
      assertTrue(Math.max(image.width(), image.height()) <= 512, image.toString());
      assertTrue(image.width() > 1.5 * read.landmarks().faceWidth(), image.toString());
      FacePoint bright = brightest(image);
      FacePoint nose = read.landmarks().point(DenseLandmarks.NOSE_TIP);
      assertEquals(nose.x(), bright.x(), 2);
      assertEquals(nose.y(), bright.y(), 2);
    }
  }

  @Test
  void colourStaysInTheArchive() throws IOException {
    Photograph kept =
        PhotographFiles.keep(file(900, 400, 100, 50, 1, "png"), at(100, 50)).orElseThrow();
    BufferedImage image = ImageIO.read(kept.getImage().newInput());
    int rgb = image.getRGB(2, 2);
    assertTrue(
        (rgb >> 16 & 0xff) > (rgb & 0xff) + 40, "no longer red: " + Integer.toHexString(rgb));
  }

  @Test
  void whatIsNoImageOrHasNoFaceInItIsNotKept() throws IOException {
    assertFalse(PhotographFiles.keep(new byte[] {1, 2, 3}, landmarks).isPresent());
    byte[] wide = file(900, 400, 0, 0, 1, "png");
    assertFalse(PhotographFiles.keep(wide, at(5000, 0)).isPresent());
  }

  @Test
  void damagedPhotographIsRefused() {
    Photograph empty = Photograph.getDefaultInstance();
    assertThrows(IllegalArgumentException.class, () -> PhotographFiles.read(empty));
  }

  /** Reddish, dark, with a bright spot where the nose is, of a face at (x, y) and of this scale. */
  private byte[] file(int width, int height, double x, double y, double scale, String format)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    FacePoint nose = landmarks.point(DenseLandmarks.NOSE_TIP);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double u = column + 0.5 - x - scale * nose.x();
        double v = row + 0.5 - y - scale * nose.y();
        double near = Math.exp(-(u * u + v * v) / (18 * scale * scale));
        int level = (int) (150 * near);
        image.setRGB(column, row, level + 90 << 16 | level + 20 << 8 | level + 10);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  private static FacePoint brightest(GrayImage image) {
    double x = 0;
    double y = 0;
    double weight = 0;
    for (int i = 0; i < image.pixels().length; i++) {
      double w = Math.max(0, (image.pixels()[i] & 0xff) - 80);
      x += w * (i % image.width() + 0.5);
      y += w * (i / image.width() + 0.5);
      weight += w;
    }
    return new FacePoint((float) (x / weight), (float) (y / weight));
  }

  private DenseLandmarks at(double x, double y) {
    return landmarks.moved(new SimilarityTransform(1, 0, x, y));
  }
}
