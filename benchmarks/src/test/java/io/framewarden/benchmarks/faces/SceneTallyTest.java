package io.framewarden.benchmarks.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.framewarden.testkit.video.DrawnFace;
import io.framewarden.testkit.video.SyntheticScene;
import io.framewarden.v1.Box;
import io.framewarden.v1.FaceFrame;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts of faces that are known to be right or wrong. */
class SceneTallyTest {
  private final SyntheticScene scene = SyntheticScene.crossing();
  private final SceneTally tally = new SceneTally(scene);

  @Test
  void perfectFacesGivePerfectCounts() {
    for (int frame = 0; frame < scene.frames(); frame++) {
      see(frame, 0, 0);
      see(frame, 1, 1);
    }
    assertEquals(
        Map.of(
            "xFound", 1.0,
            "xFalse", 0.0,
            "xSwaps", 0.0,
            "xTracksPerPerson", 1.0,
            "xCutsMissedOrInvented", 0.0,
            "xOverlap", 1.0),
        tally.measurements("x", 0));
  }

  @Test
  void tracksThatChangePeopleAreSwaps() {
    see(0, 0, 0);
    see(0, 1, 1);
    see(19, 0, 1);
    see(19, 1, 0);
    Map<String, Double> measurements = tally.measurements("x", 0);
    assertEquals(2, measurements.get("xSwaps"));
    assertEquals(2, measurements.get("xTracksPerPerson"));
    assertEquals(0.1, measurements.get("xFound"), 1e-9);
  }

  @Test
  void facesWhereNobodyIsAreFalse() {
    tally.add(frame(0, 0, new DrawnFace(900, 60, 100)));
    Map<String, Double> measurements = tally.measurements("x", 2);
    assertEquals(1, measurements.get("xFalse"));
    assertEquals(0, measurements.get("xFound"));
    assertEquals(2, measurements.get("xCutsMissedOrInvented"));
    assertFalse(measurements.containsKey("xOverlap"), "there is nothing to average");
  }

  private void see(int frame, int person, int track) {
    DrawnFace face = scene.people().apply(frame / SyntheticScene.FPS).get(person).face();
    tally.add(frame(frame, track, face));
  }

  private static FaceFrame frame(int frame, int track, DrawnFace face) {
    return FaceFrame.newBuilder()
        .setFrameIndex(frame)
        .setPtsUs(Math.round(frame / SyntheticScene.FPS * 1e6))
        .setTrackId(track)
        .setBox(
            Box.newBuilder()
                .setX((float) (face.x() - face.size() / 2))
                .setY((float) (face.y() - face.size() / 2))
                .setWidth((float) face.size())
                .setHeight((float) face.size()))
        .build();
  }
}
