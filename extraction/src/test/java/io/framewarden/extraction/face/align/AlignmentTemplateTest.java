package io.framewarden.extraction.face.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.SimilarityTransform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignmentTemplateTest {
  private static final AlignmentTemplate DEFAULT = AlignmentTemplate.defaults();

  @Test
  void theDefaultCropAtItsOwnSizeIsTheDefault() {
    assertEquals(DEFAULT, AlignmentTemplate.named("framewarden", 224));
  }

  @Test
  void anotherSideMovesThePointsWithIt() {
    AlignmentTemplate half = AlignmentTemplate.named("framewarden", 112);

    assertEquals(112, half.size());
    assertEquals(DEFAULT.points().get(0).x() / 2, half.points().get(0).x(), 1e-5);
    assertEquals(DEFAULT.boxExpansion(), half.boxExpansion());
  }

  /** What DeepfakeBench cuts out: ArcFace's points with 1.3 times the side around them. */
  @Test
  void arcFacesCropCanBeExpanded() {
    AlignmentTemplate bench = AlignmentTemplate.named("arcface:1.3", 256);

    FacePoint leftEye = bench.points().get(0);
    assertEquals(128 + (38.2946 / 112 * 256 - 128) / 1.3, leftEye.x(), 1e-3);
    assertEquals(128 + (51.6963 / 112 * 256 - 128) / 1.3, leftEye.y(), 1e-3);
  }

  /** A face without landmarks is cut out as one whose landmarks lie where they do on average. */
  @ParameterizedTest
  @ValueSource(strings = {"framewarden:1.5", "arcface", "arcface:1.3"})
  void facesWithAndWithoutLandmarksAreCroppedAlike(String crop) {
    AlignmentTemplate template = AlignmentTemplate.named(crop, 160);
    FaceBox box = new FaceBox(300, 200, 100, 100);
    SimilarityTransform usual =
        new FaceAligner(DEFAULT).toSource(new DetectedFace(box, List.of(), 1));
    List<FacePoint> landmarks =
        DEFAULT.points().stream()
            .map(p -> new FacePoint((float) usual.x(p.x(), p.y()), (float) usual.y(p.x(), p.y())))
            .toList();
    FaceAligner aligner = new FaceAligner(template);

    SimilarityTransform byBox = aligner.toSource(new DetectedFace(box, List.of(), 1));
    SimilarityTransform byLandmarks = aligner.toSource(new DetectedFace(box, landmarks, 1));

    for (int corner : new int[] {0, 160}) {
      // The two templates are of different faces, so no similarity fits all five points.
      assertEquals(byBox.x(corner, corner), byLandmarks.x(corner, corner), 3);
      assertEquals(byBox.y(corner, corner), byLandmarks.y(corner, corner), 3);
    }
  }

  @Test
  void aBoxIsCroppedAsItIsEvenWithLandmarks() {
    FaceBox box = new FaceBox(10, 20, 80, 100);
    DetectedFace face = new DetectedFace(box, DEFAULT.points(), 1);

    SimilarityTransform toSource =
        new FaceAligner(AlignmentTemplate.named("box:1.3", 65)).toSource(face);

    assertEquals(50 - 65, toSource.x(0, 0), 1e-9);
    assertEquals(70 - 65, toSource.y(0, 0), 1e-9);
    assertEquals(2, toSource.scale(), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "face", "box:", "box:0", "box:9", "arcface:x", "box:NaN"})
  void anyOtherNameIsRefusedWithThoseThatThereAre(String crop) {
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> AlignmentTemplate.named(crop, 224));
    assertTrue(refused.getMessage().contains("arcface:1.3"), refused.getMessage());
  }
}
