package io.framewarden.trainer.forgery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.trainer.forgery.FaceGeometry.Spot;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaceGeometryTest {
  @Test
  void landmarksOfTheTemplateTurnedAndScaledComeBackToTheTemplate() {
    double cos = 2.5 * Math.cos(0.4);
    double sin = 2.5 * Math.sin(0.4);
    List<Spot> source =
        FaceGeometry.TEMPLATE.spots().stream()
            .map(s -> new Spot(300 + cos * s.x() - sin * s.y(), 80 + sin * s.x() + cos * s.y()))
            .toList();
    List<Spot> aligned = FaceGeometry.fromLandmarks(source).spots();
    for (int i = 0; i < 5; i++) {
      assertEquals(FaceGeometry.TEMPLATE.spots().get(i).x(), aligned.get(i).x(), 1e-6);
      assertEquals(FaceGeometry.TEMPLATE.spots().get(i).y(), aligned.get(i).y(), 1e-6);
    }
  }

  @Test
  void withoutLandmarksTheTemplateIsTheGeometry() {
    assertEquals(FaceGeometry.TEMPLATE, FaceGeometry.fromLandmarks(List.of()));
  }

  @Test
  void outlineHoldsEveryLandmarkAndStaysInTheImage() {
    List<Spot> outline = FaceGeometry.TEMPLATE.outline();
    for (Spot spot : FaceGeometry.TEMPLATE.spots()) {
      for (int i = 0; i < outline.size(); i++) {
        Spot a = outline.get(i);
        Spot b = outline.get((i + 1) % outline.size());
        double side = (b.x() - a.x()) * (spot.y() - a.y()) - (b.y() - a.y()) * (spot.x() - a.x());
        assertEquals(1, Math.signum(side), "landmark outside edge " + i);
      }
    }
    for (Spot spot : outline) {
      assertEquals(112, spot.x(), 112);
      assertEquals(112, spot.y(), 112);
    }
  }
}
