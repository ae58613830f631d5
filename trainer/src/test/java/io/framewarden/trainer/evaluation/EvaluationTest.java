package io.framewarden.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final OperatingPoint POINT = new OperatingPoint("balanced", 0.5, 0.4);

  @Test
  void eachDomainIsHeldAgainstAllReals() {
    Evaluation evaluation =
        Evaluation.of(
            List.of(
                face(-1, "real", "a"),
                face(0, "real", "b"),
                face(1, "swap", "c"),
                face(-0.5, "warp", "d")),
            Set.of("swap"),
            Calibration.none(),
            POINT);
    assertEquals(1, evaluation.domains().get("swap").auc().orElseThrow());
    assertEquals(0.5, evaluation.domains().get("warp").auc().orElseThrow());
    assertEquals(0.75, evaluation.frames().auc().orElseThrow());
    assertEquals(0.5, evaluation.unseen().orElseThrow().auc().orElseThrow());
    assertTrue(evaluation.videos().isEmpty());
  }

  @Test
  void videosAreScoredByTheirMeanLogit() {
    Evaluation evaluation =
        Evaluation.of(
            List.of(
                face(-3, "real", "a"),
                face(2, "real", "a"),
                face(0, "swap", "b"),
                face(1, "swap", "b")),
            Set.of("swap"),
            Calibration.none(),
            POINT);
    assertEquals(0.5, evaluation.frames().auc().orElseThrow());
    assertEquals(1, evaluation.videos().orElseThrow().auc().orElseThrow());
  }

  @Test
  void metricsThatAreNotThereAreNotNamed() {
    Evaluation evaluation =
        Evaluation.of(List.of(face(1, "real", "a")), Set.of(), Calibration.none(), POINT);
    assertFalse(evaluation.named("heldout").containsKey("heldout.auc"));
    assertEquals(1.0, evaluation.named("heldout").get("heldout.reals"));
    assertEquals(1.0, evaluation.named("heldout").get("heldout.people"));
  }

  @Test
  void ratesAtThePointNeedOneClassOnly() {
    List<ScoredFace> reals = List.of(face(1, "real", "a"), face(-1, "real", "b"));
    Map<String, Double> named =
        Evaluation.of(reals, Set.of(), Calibration.none(), POINT).named("heldout");
    assertEquals(0.5, named.get("heldout.fpr"));
    assertFalse(named.containsKey("heldout.tpr"));
    List<ScoredFace> fakes = List.of(face(0, "swap", "a"), face(-1, "swap", "b"));
    named = Evaluation.of(fakes, Set.of(), Calibration.none(), POINT).named("heldout");
    assertEquals(0.5, named.get("heldout.tpr"));
    assertFalse(named.containsKey("heldout.fpr"));
  }

  @Test
  void facesAreGroupedByWhatIsKnownOfTheirPeople() {
    ScoredFace a = face(1, "real", "a");
    ScoredFace b = face(2, "swap", "b");
    Map<String, List<ScoredFace>> groups =
        Evaluation.byPeople(
            List.of(a, b, face(3, "real", "c")),
            Map.of("a", Map.of("age", "old"), "b", Map.of("age", "old", "hair", "none")));
    assertEquals(Map.of("age=old", List.of(a, b), "hair=none", List.of(b)), groups);
  }

  @Test
  void modelThatOnlyMeasuresBlurIsChanceOnceBlurIsTakenOut() {
    SplittableRandom random = new SplittableRandom(2);
    List<ScoredFace> faces = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      boolean fake = i % 2 == 0;
      double blur = random.nextGaussian() + (fake ? 1 : 0);
      double logit = 2 * blur + 0.5 * random.nextGaussian();
      faces.add(new ScoredFace(logit, fake, fake ? "x" : "real", "v" + i, "p" + i, blur));
    }
    BinaryMetrics metrics = BinaryMetrics.of(faces, Calibration.none(), 0.5);
    assertTrue(metrics.auc().orElseThrow() > 0.7);
    assertTrue(metrics.get(Metric.BLUR_AUC).orElseThrow() > 0.7);
    assertEquals(0.5, metrics.get(Metric.AUC_WITHOUT_BLUR).orElseThrow(), 0.03);
  }

  @Test
  void blurScoreRisesWithBlur() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = new byte[224 * 224];
    random.nextBytes(noise);
    byte[] averaged = noise.clone();
    for (int i = 1; i < noise.length; i++) {
      averaged[i] = (byte) (((noise[i] & 0xff) + (noise[i - 1] & 0xff)) / 2);
    }
    assertTrue(BlurBaseline.score(averaged) > BlurBaseline.score(noise));
    assertTrue(Double.isFinite(BlurBaseline.score(new byte[224 * 224])));
  }

  private static ScoredFace face(double logit, String domain, String video) {
    return new ScoredFace(logit, !domain.equals("real"), domain, video, video, 0);
  }
}
