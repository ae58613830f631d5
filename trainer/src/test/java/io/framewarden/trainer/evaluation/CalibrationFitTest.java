package io.framewarden.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationFitTest {
  @Test
  void findsTheLineThatMadeTheLabels() {
    Calibration fitted = CalibrationFit.fit(drawn(40_000, 0.5, -0.8));
    assertEquals("platt", fitted.method());
    assertEquals(0.5, fitted.scale(), 0.03);
    assertEquals(-0.8, fitted.offset(), 0.05);
  }

  @Test
  void temperatureFindsTheScaleThatMadeTheLabels() {
    Calibration fitted =
        CalibrationFit.fit(drawn(40_000, 0.5, 0), CalibrationFit.Method.TEMPERATURE);
    assertEquals("temperature", fitted.method());
    assertEquals(0.5, fitted.scale(), 0.03);
    assertEquals(0, fitted.offset());
  }

  @Test
  void moreOperatingPointsKeepTheirPromiseToo() {
    List<ScoredFace> faces = drawn(4_000, 1, 0);
    Calibration calibration = CalibrationFit.fit(faces);
    List<OperatingPoint> points =
        OperatingPoints.choose(faces, List.of(), calibration, List.of(0.02, 0.10));
    assertEquals(
        List.of("balanced", "precise", "screening", "fpr-0.02", "fpr-0.1"),
        points.stream().map(OperatingPoint::name).toList());
    double flagged = shareOfReals(faces, calibration, points.get(3).fakeAt());
    assertTrue(flagged <= 0.02 && flagged > 0.015, "flagged " + flagged);
    assertThrows(
        IllegalArgumentException.class,
        () -> OperatingPoints.choose(faces, List.of(), calibration, List.of(1.0)));
  }

  @Test
  void calibratingLowersTheCalibrationError() {
    List<ScoredFace> faces = drawn(5_000, 0.2, 0.3);
    BinaryMetrics metrics = BinaryMetrics.of(faces, CalibrationFit.fit(faces), 0.5);
    assertTrue(
        metrics.get(Metric.ECE).orElseThrow()
            < metrics.get(Metric.ECE_UNCALIBRATED).orElseThrow() / 2);
  }

  @Test
  void scoresTheWrongWayRoundKeepAPositiveScale() {
    Calibration fitted = CalibrationFit.fit(drawn(2_000, -1, 0));
    assertEquals("temperature", fitted.method());
    assertTrue(fitted.scale() > 0);
  }

  @Test
  void separatedScoresStayFinite() {
    List<ScoredFace> faces = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      faces.add(face(5, true));
      faces.add(face(-5, false));
    }
    Calibration fitted = CalibrationFit.fit(faces);
    // Platt's targets for fifty of each: 51/52 and 1/52.
    assertEquals(51.0 / 52, fitted.probability(5), 1e-4);
    assertEquals(1.0 / 52, fitted.probability(-5), 1e-4);
  }

  @Test
  void oneClassIsNotCalibrated() {
    assertEquals(Calibration.none(), CalibrationFit.fit(List.of(face(1, true))));
  }

  @Test
  void operatingPointsKeepTheirPromiseOnRealFaces() {
    List<ScoredFace> faces = drawn(4_000, 1, 0);
    Calibration calibration = CalibrationFit.fit(faces);
    List<OperatingPoint> points = OperatingPoints.choose(faces, calibration);
    assertEquals(
        List.of("balanced", "precise", "screening"),
        points.stream().map(OperatingPoint::name).toList());
    double[] promised = {0.05, 0.01, 0.20};
    for (int i = 0; i < promised.length; i++) {
      OperatingPoint point = points.get(i);
      double flagged = shareOfReals(faces, calibration, point.fakeAt());
      assertTrue(flagged <= promised[i] && flagged > promised[i] - 0.01, point + " " + flagged);
      assertTrue(point.realBelow() < point.fakeAt(), point.toString());
    }
  }

  @Test
  void operatingPointsHoldOnTheMeansOfRealVideosToo() {
    List<ScoredFace> faces = drawn(4_000, 1, 0);
    Calibration identity = new Calibration("platt", 1, 0);
    double alone = OperatingPoints.choose(faces, identity).get(0).fakeAt();
    List<ScoredFace> videos = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      // Means of 0.5, but for one of 0.99 and a fake, which does not count.
      videos.add(ofVideo(i, i == 0 ? 4.6 : 4, false));
      videos.add(ofVideo(i, i == 0 ? 4.6 : -4, false));
      videos.add(ofVideo(i, 9, true));
    }
    double together =
        OperatingPoints.choose(faces, List.of(videos), identity, List.of()).get(0).fakeAt();
    assertEquals(identity.probability(4.6), together, 1e-4);
    assertTrue(alone < together, alone + " " + together);
    List<ScoredFace> calm = videos.stream().filter(f -> !f.video().equals("0")).toList();
    assertEquals(
        alone, OperatingPoints.choose(faces, List.of(calm), identity, List.of()).get(0).fakeAt());
  }

  private static ScoredFace ofVideo(int video, double logit, boolean fake) {
    return new ScoredFace(logit, fake, fake ? "x" : "real", "" + video, "" + video, 0);
  }

  @Test
  void operatingPointsNeedRealFaces() {
    assertThrows(
        IllegalArgumentException.class,
        () -> OperatingPoints.choose(List.of(face(1, true)), Calibration.none()));
  }

  @Test
  void shareOfRealFacesThatAPointFlagsIsCounted() {
    OperatingPoint point = new OperatingPoint("half", 0.5, 0.5);
    List<ScoredFace> faces =
        List.of(face(-1, false), face(0, false), face(1, false), face(-2, false), face(9, true));
    assertEquals(
        Map.of("half", 0.5), OperatingPoints.flagged(faces, Calibration.none(), List.of(point)));
    assertEquals(
        Map.of(),
        OperatingPoints.flagged(List.of(face(1, true)), Calibration.none(), List.of(point)));
  }

  private static double shareOfReals(List<ScoredFace> faces, Calibration calibration, double at) {
    List<ScoredFace> reals = faces.stream().filter(face -> !face.fake()).toList();
    return (double) reals.stream().filter(f -> calibration.probability(f.logit()) >= at).count()
        / reals.size();
  }

  /** Labels drawn from sigmoid(scale * logit + offset). */
  private static List<ScoredFace> drawn(int count, double scale, double offset) {
    SplittableRandom random = new SplittableRandom(5);
    List<ScoredFace> faces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double logit = 3 * random.nextGaussian();
      double probability = 1 / (1 + Math.exp(-(scale * logit + offset)));
      faces.add(face(logit, random.nextDouble() < probability));
    }
    return faces;
  }

  private static ScoredFace face(double logit, boolean fake) {
    return new ScoredFace(logit, fake, fake ? "x" : "real", "v", "p", 0);
  }
}
