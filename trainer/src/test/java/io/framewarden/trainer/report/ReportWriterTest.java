package io.framewarden.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.KindStudy;
import io.framewarden.trainer.did.FaceExplanation;
import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.Metric;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.trainer.probe.Probe;
import io.framewarden.trainer.report.ReportData.Explanations;
import io.framewarden.trainer.report.ReportData.Run;
import io.framewarden.trainer.report.ReportData.Training;
import io.framewarden.trainer.report.chart.PlotDrawing;
import io.framewarden.trainer.training.LossLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReportWriterTest {
  private static final Pattern LOADED = Pattern.compile("(?:src|srcset|href)=\"([^\"]*)\"");
  private static final List<OperatingPoint> POINTS =
      List.of(new OperatingPoint("balanced", 0.6, 0.4));
  // The whole report takes seconds to draw: once for all tests.
  @TempDir static Path whole;
  private static ReportData everything;
  private static String everythingPage;
  @TempDir Path folder;

  @BeforeAll
  static void writeEverything() throws IOException {
    everything = full();
    everythingPage = Files.readString(ReportWriter.write(everything, whole));
  }

  @Test
  void pageLoadsNothing() throws IOException {
    String page = everythingPage;
    Matcher loaded = LOADED.matcher(page);
    int count = 0;
    while (loaded.find()) {
      count++;
      String target = loaded.group(1);
      assertTrue(target.startsWith("data:") || target.startsWith("#"), target);
    }
    assertTrue(count > 20, "links and images " + count);
    for (String outside : List.of("http:", "https:", "@import", "url(", "<script")) {
      assertFalse(page.contains(outside), outside);
    }
  }

  @Test
  void everyPartHasItsSection() throws IOException {
    assumeTrue(PlotDrawing.unavailable().isEmpty(), () -> PlotDrawing.unavailable().orElse(""));
    String page = everythingPage;
    for (String id :
        List.of(
            "metrics",
            "probes",
            "pseudo-fakes",
            "curves",
            "points",
            "robustness",
            "cross",
            "learning",
            "confusion",
            "attention",
            "features",
            "misclassified",
            "paper")) {
      assertTrue(page.contains("<section id=\"" + id + "\">"), id);
    }
    for (String chart : List.of("roc", "reliability", "scores", "losses", "alpha", "tsne-domain")) {
      assertTrue(Files.size(whole.resolve("charts/" + chart + ".svg")) > 1_000, chart);
      assertTrue(Files.size(whole.resolve("charts/" + chart + ".png")) > 1_000, chart);
    }
  }

  @Test
  void probesSayWhichFailedToPeopleAndPrograms() throws IOException {
    String page = everythingPage;
    String probes = page.substring(page.indexOf("<section id=\"probes\">"));
    assertTrue(probes.indexOf(">failed<") < probes.indexOf(">passed<"), "h264-160 comes first");
    JsonNode json = metrics(whole);
    assertFalse(json.at("/probes/0/passed").asBoolean());
    assertEquals(0.85, json.at("/probes/0/atLeast").asDouble());
    assertTrue(json.at("/probes/1/passed").asBoolean());
    assertTrue(json.at("/probes/1/atLeast").isMissingNode());
    assertEquals("decoder", json.at("/pseudoFakes/0/kind").asText());
    assertEquals(-1, json.at("/pseudoFakes/0/change/0").asDouble());
  }

  @Test
  void namesFromArchivesCannotBecomeMarkup() throws IOException {
    EvaluationReport report = report(faces("<img src=x onerror=alert(1)>", true), "a<b>&\"c'");
    String page = write(plain(report));
    assertFalse(page.contains("<img src=x"), "a domain became markup");
    assertTrue(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assertTrue(page.contains("a&lt;b&gt;&amp;&quot;c&#39;"));
  }

  @Test
  void oneClassLeavesMetricsAndCurvesOut() throws IOException {
    EvaluationReport report = report(faces("real", false), "one class");
    String page = write(plain(report));
    assertTrue(page.contains("absent"));
    assertFalse(page.contains("0.500"), "an absent metric must not look like chance");
    assertFalse(Files.exists(folder.resolve("charts/roc.svg")));
    assertFalse(metrics(folder).get("metrics").has("evaluation.auc"));
  }

  /**
   * At 0.6 and 0.4 the model abstains on a logit of 0, and calls the other two what they are not.
   */
  @Test
  void onlyFacesThatWereCalledWhatTheyAreNotAreListed() throws IOException {
    List<Labelled> faces = new ArrayList<>();
    List<ScoredFace> scored = new ArrayList<>();
    double[] logits = {-1, 0, 1};
    for (boolean fake : new boolean[] {false, true}) {
      for (double logit : logits) {
        String who = (fake ? "fake" : "real") + logit;
        faces.add(new Labelled(SyntheticFaces.face(1).image().pixels(), fake, who, who, who));
        scored.add(new ScoredFace(logit, fake, who, who, who, 0));
      }
    }
    String page = write(plain(report(faces, scored, "called")));
    String listed = page.substring(page.indexOf("<section id=\"misclassified\">"));
    String asFake = listed.substring(0, listed.indexOf("Fake, called real"));
    String asReal = listed.substring(listed.indexOf("Fake, called real"));
    assertTrue(asFake.contains("real1.0<br>P 0.73"), asFake);
    assertFalse(asFake.contains("real0.0") || asFake.contains("real-1.0"), asFake);
    assertTrue(asReal.contains("fake-1.0<br>P 0.27"), asReal);
    assertFalse(asReal.contains("fake0.0") || asReal.contains("fake1.0"), asReal);
  }

  @Test
  void everyMetricIsExplained() {
    for (Metric metric : Metric.values()) {
      String name = metric.label().replaceAll(" (before|after|\\d %)$", "");
      assertTrue(everythingPage.contains("<dt>" + name + "</dt>"), name);
    }
  }

  @Test
  void noFaceLeavesEverythingOut() throws IOException {
    String page = write(plain(report(List.of(), "nobody")));
    assertTrue(page.contains("absent"));
    assertFalse(page.contains("0.500"), "an absent metric must not look like chance");
    assertFalse(page.contains("NaN"));
    assertFalse(Files.exists(folder.resolve("charts/scores.svg")));
  }

  @Test
  void metricsHoldWhatThePageShows() throws IOException {
    JsonNode metrics = metrics(whole);
    double auc = everything.report().evaluation().frames().auc().orElseThrow();
    assertEquals(auc, metrics.at("/metrics/evaluation.auc").asDouble());
    assertTrue(metrics.at("/intervals/evaluation.auc/0").asDouble() <= auc);
    assertEquals(9, metrics.at("/robustness/corruptions").size());
    assertTrue(metrics.at("/robustness/corruptions/0").has("notApplicable"));
    assertEquals(0.5, metrics.at("/domainConfusion/accuracy").asDouble());
    assertEquals(2, metrics.get("runs").size());
    assertEquals("a note", metrics.at("/notes/0").asText());
  }

  @Test
  void paperMetricsStandBesideOurs() throws IOException {
    String page = write(plain(report(faces("swap", true), "ours")));
    for (String metric : List.of("0.970", "0.779", "0.802", "0.302", "0.380")) {
      assertTrue(page.contains("<td>" + metric + "</td>"), metric);
    }
    assertTrue(page.contains("For scale only"));
  }

  private String write(ReportData data) throws IOException {
    return Files.readString(ReportWriter.write(data, folder));
  }

  private static JsonNode metrics(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(ReportWriter.METRICS).toFile());
  }

  private static ReportData plain(EvaluationReport report) {
    return new ReportData(
        report,
        RobustnessGrid.NONE,
        List.of(),
        Explanations.NONE,
        List.of(),
        List.of(),
        Training.NONE);
  }

  private static ReportData full() {
    EvaluationReport report = report(faces("swap", true), "did 1");
    RobustnessGrid grid =
        RobustnessGrid.of(report.faces().subList(0, 4), 4, (task, faces) -> scored(faces));
    List<LossLog.Line> losses = new ArrayList<>();
    for (int step = 1; step <= 5; step++) {
      losses.add(new LossLog.Line(step, Map.of("bce", 1.0 / step, "total", 2.0 / step), 10));
    }
    return new ReportData(
        report,
        grid,
        losses,
        explanations(report.faces()),
        List.of(run(report, "a", 0.5), run(report, "b", 1)),
        List.of("a note"),
        training());
  }

  private static Training training() {
    byte[] face = SyntheticFaces.face(1).image().pixels();
    List<Double> five = List.of(-1.0, -0.5, -0.25, 0.0, -3.0);
    KindStudy decoder =
        new KindStudy(
            "decoder",
            1,
            five,
            five,
            five,
            0.9,
            0.8,
            List.of(new KindStudy.Sample(face, face, face, face, face)));
    return new Training(
        List.of(decoder),
        List.of(
            new Probe("h264-160", "AUC after H.264", 0.71, 0.85, 1),
            new Probe("blur", "change by blur", 0.4, Double.NEGATIVE_INFINITY, 1)));
  }

  private static Run run(EvaluationReport report, String name, double alpha) {
    return new Run(
        name, OptionalDouble.of(alpha), List.of("swap"), report.evaluation(), report.scored());
  }

  /** A domain classifier that always says real: right for half of the domains. */
  private static Explanations explanations(List<Labelled> faces) {
    SplittableRandom random = new SplittableRandom(2);
    List<FaceExplanation> each = new ArrayList<>();
    for (int i = 0; i < faces.size(); i++) {
      float[] features = {(float) random.nextGaussian(), i, i % 2};
      float[] map = {0, 0.2f, 0.4f, 0.6f};
      each.add(
          new FaceExplanation(0, features, features, map, map)
              .withDomain(
                  new FaceExplanation.Domain(features, new float[] {2, 1}, new float[4], map)));
    }
    return new Explanations(List.of("real", "swap"), faces, each, List.of());
  }

  private static EvaluationReport report(List<Labelled> faces, String title) {
    return report(faces, scored(faces), title);
  }

  private static EvaluationReport report(
      List<Labelled> faces, List<ScoredFace> scored, String title) {
    Set<String> trained = Set.of("swap");
    return new EvaluationReport(
        new EvaluationReport.Model(
            title, Map.of("Model", title), Calibration.none(), POINTS, trained),
        faces,
        scored,
        Evaluation.of(scored, trained, Calibration.none(), POINTS.get(0)),
        Evaluation.intervals(
            EvaluationReport.PREFIX,
            Evaluation.group(scored, trained),
            Calibration.none(),
            POINTS.get(0),
            new Bootstrap(40, 1)));
  }

  private static List<ScoredFace> scored(List<Labelled> faces) {
    List<ScoredFace> scored = new ArrayList<>();
    for (int i = 0; i < faces.size(); i++) {
      Labelled face = faces.get(i);
      double logit = (face.fake() ? 1 : -1) + 3 * Math.sin(i);
      scored.add(
          new ScoredFace(
              logit, face.fake(), face.domain(), face.video(), face.identity(), Math.cos(i)));
    }
    return scored;
  }

  private static List<Labelled> faces(String domain, boolean fakes) {
    List<Labelled> faces = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      boolean fake = fakes && i % 2 == 1;
      byte[] pixels = SyntheticFaces.face(i % 3).image().pixels();
      faces.add(new Labelled(pixels, fake, fake ? domain : "real", "v" + i, "p" + i));
    }
    return faces;
  }
}
