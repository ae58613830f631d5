package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Photographs of faces that are nothing but their landmarks, each a light disc on a dark oval. */
final class DrawnPhotographs {
  private static final int SIZE = 120;

  private DrawnPhotographs() {}

  /** Draws faces here and there; the seed decides where. */
  static List<LabelledFace> draw(int count, long seed) {
    Random random = new Random(seed);
    List<LabelledFace> faces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double angle = 10 * random.nextGaussian();
      FacePoint centre =
          new FacePoint(SIZE / 2f + random.nextInt(9) - 4, SIZE / 2f + random.nextInt(9) - 4);
      SimilarityTransform place =
          SimilarityTransform.ofView(centre, 65 + 15 * random.nextDouble(), angle, 1, 1);
      DenseLandmarks landmarks = face().moved(place);
      faces.add(new LabelledFace("person_%03d.png".formatted(i), image(landmarks), landmarks));
    }
    return faces;
  }

  /** Writes photographs and their labels. */
  static Path write(List<LabelledFace> faces, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> rows = new ArrayList<>(List.of("file" + ",p".repeat(2 * DenseLandmarks.POINTS)));
    for (LabelledFace face : faces) {
      BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setDataElements(0, 0, SIZE, SIZE, face.image().pixels());
      ImageIO.write(image, "png", folder.resolve(face.name()).toFile());
      StringBuilder row = new StringBuilder(face.name());
      for (FacePoint point : face.landmarks().points()) {
        row.append(',').append(point.x()).append(',').append(point.y());
      }
      rows.add(row.toString());
    }
    Path labels = folder.resolveSibling("labels.csv");
    Files.write(labels, rows);
    return labels;
  }

  /** A frontal face around (0.5, 0.5), about 1 wide. */
  private static DenseLandmarks face() {
    List<FacePoint> points = new ArrayList<>();
    for (int i = 0; i <= 16; i++) {
      double angle = Math.PI * i / 16;
      points.add(point(-0.5 * Math.cos(angle), 0.55 * Math.sin(angle) - 0.05));
    }
    for (int side = -1; side <= 1; side += 2) {
      for (int i = 0; i < 5; i++) {
        points.add(point(side * 0.25 + (i - 2) * 0.08, -0.35));
      }
    }
    for (int i = 0; i < 4; i++) {
      points.add(point(0, -0.2 + i * 0.08));
    }
    for (int i = 0; i < 5; i++) {
      points.add(point((i - 2) * 0.05, 0.12));
    }
    for (int side = -1; side <= 1; side += 2) {
      ring(points, side * 0.22, -0.2, 0.1, 0.04, 6);
    }
    ring(points, 0, 0.28, 0.2, 0.08, 12);
    ring(points, 0, 0.28, 0.14, 0.03, 8);
    return new DenseLandmarks(points, 0);
  }

  /** Clockwise from the left. */
  private static void ring(
      List<FacePoint> points, double x, double y, double across, double down, int count) {
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * i / count;
      points.add(point(x - across * Math.cos(angle), y - down * Math.sin(angle)));
    }
  }

  private static FacePoint point(double x, double y) {
    return new FacePoint((float) (x + 0.5), (float) (y + 0.5));
  }

  private static GrayImage image(DenseLandmarks landmarks) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(60, 60, 60));
    graphics.fillOval(15, 10, 90, 100);
    graphics.setColor(Color.WHITE);
    for (FacePoint point : landmarks.points()) {
      graphics.fillOval(Math.round(point.x()) - 2, Math.round(point.y()) - 2, 4, 4);
    }
    graphics.dispose();
    byte[] pixels = (byte[]) image.getRaster().getDataElements(0, 0, SIZE, SIZE, null);
    return new GrayImage(SIZE, SIZE, pixels);
  }
}
