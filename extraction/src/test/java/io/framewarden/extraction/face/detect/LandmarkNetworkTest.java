package io.framewarden.extraction.face.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.testkit.SharedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network that lies in the jar. */
class LandmarkNetworkTest {
  private static final int SIDE = LandmarkNetwork.SIDE;

  @TempDir Path folder;
  private final LandmarkNetwork network = LandmarkNetwork.bundled();

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void aFaceHasItsPartsInOrder() throws IOException {
    for (GrayImage face : faces()) {
      List<FacePoint> five = network.find(face, around(face, 0, 1), 2).five();
      assertTrue(five.get(0).x() < five.get(2).x() && five.get(2).x() < five.get(1).x(), "nose");
      assertTrue(five.get(0).y() < five.get(2).y() && five.get(1).y() < five.get(2).y(), "eyes");
      assertTrue(five.get(3).x() < five.get(4).x(), "corners of the mouth");
      assertTrue(five.get(3).y() > five.get(2).y() && five.get(4).y() > five.get(2).y(), "mouth");
    }
  }

  @Test
  void aSecondLookFindsTheSameFromSquaresThatAreOff() throws IOException {
    for (GrayImage face : faces()) {
      DenseLandmarks right = network.find(face, around(face, 0, 1), 2);
      DenseLandmarks off = network.find(face, around(face, 15, 1.15), 2);
      double distance = 0;
      for (int i = 0; i < DenseLandmarks.POINTS; i++) {
        FacePoint one = right.points().get(i);
        FacePoint other = off.points().get(i);
        distance += Math.hypot((double) one.x() - other.x(), (double) one.y() - other.y());
      }
      double error = distance / DenseLandmarks.POINTS / right.eyeCornerDistance();
      assertTrue(error < 0.08, "landmarks differ by " + error + " of the eyes' distance");
    }
  }

  @Test
  void facesScoreAboveWhatShowsNone() throws IOException {
    double lowest = Double.POSITIVE_INFINITY;
    for (GrayImage face : faces()) {
      lowest = Math.min(lowest, network.find(face, around(face, 0, 1), 1).score());
    }
    for (GrayImage other : List.of(flat(), noise())) {
      double score = network.find(other, around(other, 0, 1), 1).score();
      assertTrue(score < 0 && score < lowest, score + " where a face has " + lowest);
    }
  }

  @Test
  void aFileThatIsNoLandmarkNetworkIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.onnx"), "no network");
    InvalidConfigurationException refusal =
        assertThrows(InvalidConfigurationException.class, () -> LandmarkNetwork.open(file));
    assertTrue(refusal.getMessage().contains("notes.onnx"), refusal.getMessage());
  }

  @Test
  void theDigestIsTheFiles() {
    assertEquals(64, network.digest().length());
  }

  /** Photographs, each filled by its face; without them the tests are skipped. */
  private static List<GrayImage> faces() throws IOException {
    List<GrayImage> faces = new ArrayList<>();
    for (Path file : SharedData.photographs(8)) {
      faces.add(gray(ImageIO.read(file.toFile())));
    }
    return faces;
  }

  private static GrayImage gray(BufferedImage image) {
    byte[] pixels = new byte[image.getWidth() * image.getHeight()];
    for (int i = 0; i < pixels.length; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      pixels[i] = (byte) (((rgb >> 16 & 0xff) * 299 + (rgb >> 8 & 0xff) * 587 + (rgb & 0xff) * 114) / 1000);
    }
    return new GrayImage(image.getWidth(), image.getHeight(), pixels);
  }

  private static SimilarityTransform around(GrayImage image, double rotation, double scale) {
    FacePoint middle = new FacePoint(image.width() / 2f, image.height() / 2f);
    return SimilarityTransform.ofView(
        middle, scale * image.width() / SIDE, rotation, SIDE, SIDE);
  }

  private static GrayImage flat() {
    return new GrayImage(SIDE, SIDE, new byte[SIDE * SIDE]);
  }

  private static GrayImage noise() {
    byte[] pixels = new byte[SIDE * SIDE];
    new Random(1).nextBytes(pixels);
    return new GrayImage(SIDE, SIDE, pixels);
  }
}
