package io.framewarden.extraction.face.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.testkit.SharedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The detectors on photographs, where there are any. Prints what it measures. */
@Tag("slow")
class PhotographsTest {
  @ParameterizedTest
  @CsvSource({"CASCADE,140", "YUNET_DYNAMIC,180", "YUNET_FIXED,180", "MTCNN,160"})
  void findsMostFaces(OpenedDetectors which, int atLeast) throws IOException {
    List<Path> photographs = SharedData.photographs(200);
    int found = 0;
    int others = 0;
    try (FaceDetector detector = which.open()) {
      for (Path photograph : photographs) {
        GrayImage image = padded(photograph);
        List<DetectedFace> faces = detector.detect(image);
        int central = central(image, faces).isPresent() ? 1 : 0;
        found += central;
        others += faces.size() - central;
      }
    }
    System.out.printf("%s: %d of 200 faces, %d elsewhere%n", which, found, others);
    assertTrue(found >= atLeast, which + " found " + found);
    assertTrue(others <= 10, which + " found " + others + " elsewhere");
  }

  @Test
  void theCascadesSquareHasTheLandmarksAtTheTemplateOnAverage() throws IOException {
    AlignmentTemplate template = AlignmentTemplate.defaults();
    List<List<FacePoint>> all = new ArrayList<>();
    try (FaceDetector cascade = OpenedDetectors.CASCADE.open();
        FaceDetector yunet = OpenedDetectors.YUNET_DYNAMIC.open()) {
      for (Path photograph : SharedData.photographs(200)) {
        GrayImage image = padded(photograph);
        Optional<DetectedFace> boxed = central(image, cascade.detect(image));
        Optional<DetectedFace> marked = central(image, yunet.detect(image));
        if (boxed.isPresent() && marked.isPresent()) {
          all.add(inSquare(boxed.get().box(), marked.get().landmarks(), template));
        }
      }
    }
    assertTrue(all.size() >= 100, "only " + all.size() + " photographs");
    for (int i = 0; i < DetectedFace.LANDMARKS; i++) {
      int landmark = i;
      double x = all.stream().mapToDouble(face -> face.get(landmark).x()).average().orElseThrow();
      double y = all.stream().mapToDouble(face -> face.get(landmark).y()).average().orElseThrow();
      FacePoint wanted = template.points().get(i);
      double spread =
          Math.sqrt(
              all.stream()
                  .mapToDouble(
                      face ->
                          Math.pow(face.get(landmark).x() - x, 2)
                              + Math.pow(face.get(landmark).y() - y, 2))
                  .average()
                  .orElseThrow());
      System.out.printf(
          Locale.ROOT,
          "landmark %d of %d faces: mean (%.1f, %.1f), template (%.0f, %.0f), spread %.1f px%n",
          i,
          all.size(),
          x,
          y,
          wanted.x(),
          wanted.y(),
          spread);
      assertEquals(wanted.x(), x, 6);
      assertEquals(wanted.y(), y, 4);
    }
  }

  private static List<FacePoint> inSquare(
      FaceBox box, List<FacePoint> landmarks, AlignmentTemplate template) {
    double side = box.width() * template.boxExpansion();
    double left = box.centre().x() - side / 2;
    double top = box.centre().y() + box.width() * template.boxShift() - side / 2;
    double scale = template.size() / side;
    return landmarks.stream()
        .map(
            point ->
                new FacePoint(
                    (float) ((point.x() - left) * scale), (float) ((point.y() - top) * scale)))
        .toList();
  }

  /** The photograph's luma, continued by its edge pixels over half its size on each side. */
  private static GrayImage padded(Path photograph) throws IOException {
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

  /** The face nearest to the image's centre, if it is near. */
  private static Optional<DetectedFace> central(GrayImage image, List<DetectedFace> faces) {
    return faces.stream()
        .filter(face -> fromCentre(image, face) < 0.15 * image.width())
        .min(Comparator.comparingDouble(face -> fromCentre(image, face)));
  }

  private static double fromCentre(GrayImage image, DetectedFace face) {
    FacePoint centre = face.box().centre();
    return Math.hypot(centre.x() - image.width() / 2.0, centre.y() - image.height() / 2.0);
  }
}
