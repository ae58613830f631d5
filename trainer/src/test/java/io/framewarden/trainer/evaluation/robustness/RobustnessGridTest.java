package io.framewarden.trainer.evaluation.robustness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.evaluation.BlurBaseline;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.trainer.image.ImageFilters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class RobustnessGridTest {
  private static final List<Labelled> FACES = faces(6);

  @ParameterizedTest
  @EnumSource(
      value = Corruption.class,
      names = {"SATURATION", "H264"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyLevelWearsMoreThanTheOneBefore(Corruption corruption) {
    assertEquals(5, corruption.levels().size());
    double before = 0;
    for (double level : corruption.levels()) {
      double error = error(corruption.apply(FACES, level));
      assertTrue(error > before, corruption + " " + level + ": " + error + " after " + before);
      before = error;
    }
  }

  @Test
  void everyModelIsAskedTheSame() {
    assertArrayEquals(
        Corruption.NOISE.apply(FACES, 18).get(3).pixels(),
        Corruption.NOISE.apply(FACES, 18).get(3).pixels());
  }

  @Test
  void labelsStayWithTheirFaces() {
    for (Corruption corruption : List.of(Corruption.BLUR, Corruption.H264)) {
      if (corruption.notApplicable().isPresent()) {
        continue;
      }
      List<Labelled> corrupted = corruption.apply(FACES, corruption.levels().get(0));
      for (int i = 0; i < corrupted.size(); i++) {
        assertEquals(FACES.get(i).video(), corrupted.get(i).video());
        assertEquals(FACES.get(i).fake(), corrupted.get(i).fake());
        assertFalse(Arrays.equals(FACES.get(i).pixels(), corrupted.get(i).pixels()));
      }
    }
  }

  @Test
  void saturationHasAReasonInsteadOfMetrics() {
    RobustnessGrid grid = RobustnessGrid.of(FACES, 100, (task, faces) -> scored(faces));
    RobustnessGrid.Row row = grid.rows().get(0);
    assertEquals(Corruption.SATURATION, row.corruption());
    assertTrue(row.auc().isEmpty() && row.mean().isEmpty());
    assertTrue(row.notApplicable().contains("gray"));
  }

  @Test
  void modelThatMeasuresBlurIsLostInNoise() {
    // Fakes are blurred reals: told apart perfectly while clean, not under strong noise.
    RobustnessGrid grid = RobustnessGrid.of(FACES, 100, (task, faces) -> scored(faces));
    assertEquals(1, grid.clean().orElseThrow());
    assertEquals(grid.clean(), grid.blurClean());
    RobustnessGrid.Row noise = grid.rows().get(Corruption.NOISE.ordinal());
    assertTrue(noise.auc().get(4).orElseThrow() < 1, noise.toString());
    assertEquals(5, noise.auc().size());
    assertTrue(grid.mean().orElseThrow() < 1);
  }

  @Test
  void oneClassGivesNoMetrics() {
    List<Labelled> reals = FACES.stream().filter(face -> !face.fake()).toList();
    RobustnessGrid grid = RobustnessGrid.of(reals, 100, (task, faces) -> scored(faces));
    assertTrue(grid.clean().isEmpty());
    assertTrue(grid.mean().isEmpty());
  }

  @Test
  void wholeVideosAreTakenUpToTheLimit() {
    RobustnessGrid grid = RobustnessGrid.of(FACES, 5, (task, faces) -> scored(faces));
    assertEquals(4, grid.faces());
  }

  private static List<ScoredFace> scored(List<Labelled> faces) {
    return faces.stream()
        .map(
            face -> {
              double blur = BlurBaseline.score(face.pixels());
              return new ScoredFace(
                  blur, face.fake(), face.domain(), face.video(), face.identity(), blur);
            })
        .toList();
  }

  /** Videos of two faces, every other one blurred and called fake. */
  private static List<Labelled> faces(int videos) {
    List<Labelled> faces = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 2 * videos; i++) {
      boolean fake = i / 2 % 2 == 1;
      byte[] pixels =
          ImageFilters.addNoise(SyntheticFaces.face(40 + i).image().pixels(), 6, random);
      byte[] shown = fake ? ImageFilters.blur(pixels, 0.8) : pixels;
      faces.add(new Labelled(shown, fake, fake ? "soft" : "real", "v" + i / 2, "p" + i / 2));
    }
    return faces;
  }

  private static double error(List<Labelled> corrupted) {
    double sum = 0;
    for (int i = 0; i < corrupted.size(); i++) {
      byte[] before = FACES.get(i).pixels();
      byte[] after = corrupted.get(i).pixels();
      for (int p = 0; p < before.length; p++) {
        sum += Math.abs((before[p] & 0xff) - (after[p] & 0xff));
      }
    }
    return sum / corrupted.size() / FACES.get(0).pixels().length;
  }
}
