package io.framewarden.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SwapPartnersTest {
  @Test
  void partnerLooksToTheSameSideAndIsAnother() {
    List<FaceSample> faces = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      faces.add(turned("p" + i, 0.02 * (i - 20)));
    }
    SwapPartners partners = new SwapPartners(faces);
    SplittableRandom random = new SplittableRandom(1);
    for (FaceSample face : faces) {
      FaceSample partner = partners.near(face, random);
      assertNotEquals(face.identity(), partner.identity());
      double yaw = face.photograph().landmarks().yaw();
      double other = partner.photograph().landmarks().yaw();
      assertTrue(Math.abs(yaw - other) < 0.05, yaw + " and " + other);
    }
  }

  @Test
  void amongManyThePartnersOfAFaceVary() {
    List<FaceSample> faces = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      faces.add(turned("p" + i, 0.0005 * i));
    }
    SwapPartners partners = new SwapPartners(faces);
    SplittableRandom random = new SplittableRandom(1);
    long different =
        random.ints(40).mapToObj(i -> partners.near(faces.get(9), random)).distinct().count();
    assertTrue(different >= 5, "only " + different);
    assertEquals(
        partners.near(faces.get(9), new SplittableRandom(4)),
        partners.near(faces.get(9), new SplittableRandom(4)));
  }

  @Test
  void onlyPersonIsTheirOwnPartner() {
    FaceSample face = turned("alone", 0);
    SwapPartners partners = new SwapPartners(List.of(face));
    assertSame(face, partners.near(face, new SplittableRandom(1)));
  }

  @Test
  void shapeForgetsPlaceSizeAndRotation() {
    DenseLandmarks face = SyntheticFaces.face(1).landmarks();
    SimilarityTransform anyway =
        new SimilarityTransform(2.5 * Math.cos(0.4), 2.5 * Math.sin(0.4), 300, -40);
    assertArrayEquals(SwapPartners.shape(face), SwapPartners.shape(face.moved(anyway)), 1e-4f);
  }

  /** The inner face drawn to one side by so many eye distances. */
  private static FaceSample turned(String identity, double yaw) {
    FacePhotograph drawn = SyntheticFaces.face(1);
    double by = yaw * drawn.landmarks().eyeDistance();
    List<FacePoint> points = new ArrayList<>(drawn.landmarks().points());
    for (int i = 27; i < 36; i++) {
      points.set(i, new FacePoint((float) (points.get(i).x() + by), points.get(i).y()));
    }
    GrayImage image = drawn.image();
    return FaceSample.ofPhotograph(
        image.pixels(),
        new FacePhotograph(image, DenseLandmarks.known(points)),
        identity,
        identity);
  }
}
