package io.framewarden.ingest.face;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Data that does not belong to the project: tests that want it skip where it is absent. */
final class SharedData {
  private SharedData() {}

  static Path folder(String name) {
    Path folder = Path.of(System.getProperty("framewarden.shared", "../../shared"), name);
    assumeTrue(
        Files.isDirectory(folder),
        "there is no " + folder + "; the property framewarden.shared names its parent");
    return folder;
  }

  /** So many photographs of faces, spread over all there are. */
  static List<Path> photographs(int count) throws IOException {
    try (Stream<Path> files = Files.list(folder("faces/fairface"))) {
      List<Path> all = files.sorted().toList();
      return Stream.iterate(0, i -> i + all.size() / count).limit(count).map(all::get).toList();
    }
  }

  /** The photograph's luma, continued by its edge pixels over half its size on each side. */
  static GrayImage padded(Path photograph) throws IOException {
    BufferedImage image = ImageIO.read(photograph.toFile());
    int width = 2 * image.getWidth();
    int height = 2 * image.getHeight();
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb =
            image.getRGB(
                Math.max(0, Math.min(image.getWidth() - 1, x - width / 4)),
                Math.max(0, Math.min(image.getHeight() - 1, y - height / 4)));
        int luma = 299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff);
        pixels[y * width + x] = (byte) (luma / 1000);
      }
    }
    return new GrayImage(width, height, pixels);
  }

  /** The face nearest to the picture's centre, if it is near. */
  static Optional<DetectedFace> central(GrayImage picture, List<DetectedFace> faces) {
    return faces.stream()
        .filter(face -> fromCentre(picture, face) < 0.15 * picture.width())
        .min(Comparator.comparingDouble(face -> fromCentre(picture, face)));
  }

  private static double fromCentre(GrayImage picture, DetectedFace face) {
    FacePoint centre = face.box().centre();
    return Math.hypot(centre.x() - picture.width() / 2.0, centre.y() - picture.height() / 2.0);
  }
}
