package io.framewarden.extraction.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.testkit.SharedData;
import io.framewarden.testkit.video.DrawnFace;
import io.framewarden.testkit.video.DrawnFrame;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network that lies in the jar. */
class LandmarkNetworkTest {
  private static final int SIDE = LandmarkNetwork.SIDE;
  private static final int DRAWN = 224;

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
    GrayImage flat = new GrayImage(SIDE, SIDE, new byte[SIDE * SIDE]);
    assertTrue(network.find(flat, around(flat, 0, 1), 1).score() < -2);
    for (GrayImage face : faces()) {
      double score = network.find(face, around(face, 0, 1), 1).score();
      double upsideDown = network.find(face, around(face, 180, 1), 1).score();
      double part = network.find(face, around(face, 0, 0.2), 1).score();
      assertTrue(score > 2, "a face has " + score);
      assertTrue(upsideDown < score - 3, upsideDown + " upside down, upright " + score);
      assertTrue(part < -1, "a part has " + part);
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
  void theDigestIsTheFiles() throws IOException {
    try (InputStream in = LandmarkNetwork.class.getResourceAsStream("landmarks-68.onnx")) {
      assertEquals(Sha256.of(in.readAllBytes()), network.digest());
    }
  }

  /** A drawn face that fills its frame, and photographs where they are at hand. */
  private static List<GrayImage> faces() throws IOException {
    List<GrayImage> faces = new ArrayList<>();
    DrawnFrame frame = new DrawnFrame(DRAWN, DRAWN);
    new DrawnFace(DRAWN / 2.0, DRAWN * 0.45, DRAWN * 0.85).drawOn(frame);
    frame.blur(2);
    faces.add(new GrayImage(DRAWN, DRAWN, frame.pixels()));
    if (Files.isDirectory(SharedData.path("faces/fairface"))) {
      for (Path file : SharedData.photographs(8)) {
        faces.add(gray(ImageIO.read(file.toFile())));
      }
    }
    return faces;
  }

  private static GrayImage gray(BufferedImage image) {
    byte[] pixels = new byte[image.getWidth() * image.getHeight()];
    for (int i = 0; i < pixels.length; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      pixels[i] =
          (byte) (((rgb >> 16 & 0xff) * 299 + (rgb >> 8 & 0xff) * 587 + (rgb & 0xff) * 114) / 1000);
    }
    return new GrayImage(image.getWidth(), image.getHeight(), pixels);
  }

  private static SimilarityTransform around(GrayImage image, double rotation, double scale) {
    FacePoint middle = new FacePoint(image.width() / 2f, image.height() / 2f);
    return SimilarityTransform.ofView(middle, scale * image.width() / SIDE, rotation, SIDE, SIDE);
  }
}
