package io.framewarden.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.did.FaceExplanation;
import io.framewarden.trainer.report.ReportData.Explanations;
import io.framewarden.trainer.report.chart.Palette;
import io.framewarden.trainer.report.chart.Plot;
import io.framewarden.trainer.report.chart.PlotDrawing;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunPlotsTest {
  private static final List<Labelled> FACES =
      IntStream.range(0, 12)
          .mapToObj(
              i -> new Labelled(new byte[4], i % 2 == 1, i % 2 == 1 ? "swap" : "real", "", ""))
          .toList();
  private static final List<FaceExplanation> DID = explained(1, true);
  private static final List<FaceExplanation> BASELINE = explained(2, false);

  @Test
  void theMethodsOwnBackboneIsNotTheBaselines() {
    assertEquals(Set.of("tsne-deepfake", "tsne-domain"), plots(DID, List.of()).keySet());
  }

  @Test
  void theBackboneIsTheBaselinesAndNothingElseChanges() {
    Map<String, Plot> plots = plots(DID, BASELINE);
    assertEquals(Set.of("tsne-backbone", "tsne-deepfake", "tsne-domain"), plots.keySet());
    assertEquals(
        drawn(plots(BASELINE, BASELINE).get("tsne-backbone")), drawn(plots.get("tsne-backbone")));
    assertNotEquals(drawn(plots(DID, DID).get("tsne-backbone")), drawn(plots.get("tsne-backbone")));
    assertEquals(
        drawn(plots(DID, List.of()).get("tsne-deepfake")), drawn(plots.get("tsne-deepfake")));
  }

  @Test
  void theBaselineItselfHasOneKindOfFeatures() {
    assertEquals(Set.of("tsne-backbone"), plots(BASELINE, BASELINE).keySet());
  }

  private static Map<String, Plot> plots(
      List<FaceExplanation> each, List<FaceExplanation> baseline) {
    return RunPlots.features(new Explanations(List.of("real", "swap"), FACES, each, baseline));
  }

  private static String drawn(Plot plot) {
    return PlotDrawing.svg(plot, Palette.LIGHT);
  }

  private static List<FaceExplanation> explained(long seed, boolean domains) {
    Random random = new Random(seed);
    return FACES.stream()
        .map(
            face -> {
              float[] map = new float[4];
              FaceExplanation explanation =
                  new FaceExplanation(0, features(random), features(random), map, map);
              return domains
                  ? explanation.withDomain(
                      new FaceExplanation.Domain(features(random), new float[2], map, map))
                  : explanation;
            })
        .toList();
  }

  private static float[] features(Random random) {
    return new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat()};
  }
}
