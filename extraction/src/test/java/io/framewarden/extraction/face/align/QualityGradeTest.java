package io.framewarden.extraction.face.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.testkit.video.DrawnFace;
import io.framewarden.testkit.video.DrawnFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class QualityGradeTest {
  private static final List<FacePoint> FRONTAL = AlignmentTemplate.defaults().points();

  @Test
  void theMoreBlurTheLessSharp() {
    double last = 1;
    for (int blur : new int[] {1, 2, 4, 8}) {
      double sharpness = grade(128, FRONTAL, 0.9f, blur).sharpness();
      assertTrue(sharpness > 0 && sharpness < last, "blur " + blur + " gives " + sharpness);
      last = sharpness;
    }
  }

  @Test
  void lightAndContrastChangeSharpnessLittle() {
    byte[] face = drawn(2);
    byte[] dim = new byte[face.length];
    for (int i = 0; i < face.length; i++) {
      dim[i] = (byte) (30 + (face[i] & 0xff) / 2);
    }
    double bright = QualityGrade.of(face(128, FRONTAL, 0.9f), face, 224).sharpness();
    assertEquals(
        bright, QualityGrade.of(face(128, FRONTAL, 0.9f), dim, 224).sharpness(), 0.1 * bright);
  }

  @Test
  void aFlatFaceIsNotSharp() {
    assertEquals(
        0, QualityGrade.of(face(128, FRONTAL, 0.9f), new byte[224 * 224], 224).sharpness());
  }

  @Test
  void smallFacesGradeByTheirWidth() {
    assertEquals(0.25, grade(32, FRONTAL, 0.9f, 1).size());
    assertEquals(1, grade(500, FRONTAL, 0.9f, 1).size());
  }

  @Test
  void poseFallsAsTheFaceTurnsAndBends() {
    assertTrue(pose(112, 127) > 0.95);
    double turned = pose(126, 127);
    assertTrue(turned < 0.6 && turned > pose(138, 127), "turned gives " + turned);
    assertEquals(0, pose(150, 127));
    assertTrue(pose(112, 141) < 0.6);
    assertTrue(pose(112, 112) < 0.6);
  }

  @Test
  void aTurnInTheFramesPlaneCostsNothing() {
    List<FacePoint> onItsSide =
        FRONTAL.stream().map(point -> new FacePoint(-point.y(), point.x())).toList();
    assertEquals(
        grade(128, FRONTAL, 1, 1).pose().orElseThrow(),
        grade(128, onItsSide, 1, 1).pose().orElseThrow(),
        1e-6);
  }

  @Test
  void landmarksThatAreNoFaceGradeZero() {
    assertEquals(
        OptionalDouble.of(0), grade(128, Collections.nCopies(5, FRONTAL.get(0)), 1, 1).pose());
  }

  @Test
  void theValueIsThatOfTheWorstPart() {
    QualityGrade unposed = grade(32, List.of(), 0.9f, 1);
    assertEquals(OptionalDouble.empty(), unposed.pose());
    assertEquals(0.25, unposed.value());
    assertEquals(0.125, new QualityGrade(0.5, 0.5, OptionalDouble.of(0.125), 0.5).value());
    assertEquals(0.125, new QualityGrade(0.5, 0.5, OptionalDouble.empty(), 0.125).value());
    assertEquals(0.125, new QualityGrade(0.125, 0.5, OptionalDouble.empty(), 0.5).value());
  }

  private static double pose(float noseX, float noseY) {
    List<FacePoint> points = new ArrayList<>(FRONTAL);
    points.set(2, new FacePoint(noseX, noseY));
    return grade(128, points, 1, 1).pose().orElseThrow();
  }

  private static QualityGrade grade(int width, List<FacePoint> points, float confidence, int blur) {
    return QualityGrade.of(face(width, points, confidence), drawn(blur), 224);
  }

  private static DetectedFace face(int width, List<FacePoint> points, float confidence) {
    return new DetectedFace(new FaceBox(0, 0, width, width), points, confidence);
  }

  private static byte[] drawn(int blur) {
    DrawnFrame canvas = new DrawnFrame(224, 224);
    new DrawnFace(112, 100, 200).drawOn(canvas);
    canvas.blur(blur);
    return canvas.pixels();
  }
}
