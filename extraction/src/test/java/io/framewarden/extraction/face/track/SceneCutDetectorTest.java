package io.framewarden.extraction.face.track;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.track.SceneCutDetector.Change;
import io.framewarden.testkit.video.SyntheticScene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames of which one follows the other; whole scenes are in SyntheticScenesTest. */
class SceneCutDetectorTest {
  private static final GrayImage BLACK = new GrayImage(960, 540, new byte[960 * 540]);

  private final SceneCutDetector watch = new SceneCutDetector();

  @Test
  void brighterAndDarkerFramesOfTheSameRoomAreNoCut() {
    List<GrayImage> dimmed = new ArrayList<>();
    GrayImage room = frame(SyntheticScene.cut(), 0);
    for (int percent : new int[] {100, 60, 30, 15, 30, 100}) {
      dimmed.add(lit(room, percent, 0));
    }
    dimmed.add(lit(room, 100, 60));
    dimmed.add(room);
    assertEquals(Collections.nCopies(dimmed.size(), Change.NONE), changes(dimmed));
  }

  @Test
  void aFadeThroughBlackIsACutOnlyIntoAnotherRoom() {
    GrayImage here = frame(SyntheticScene.cut(), 0);
    GrayImage there = frame(SyntheticScene.cut(), 12);
    assertEquals(
        List.of(Change.NONE, Change.NONE, Change.NONE, Change.NONE, Change.CUT),
        changes(List.of(here, BLACK, here, BLACK, there)));
  }

  @Test
  void aFrameOfElsewhereThatIsGoneAtOnceIsTakenBack() {
    GrayImage here = frame(SyntheticScene.cut(), 0);
    GrayImage there = frame(SyntheticScene.cut(), 12);
    assertEquals(
        List.of(Change.NONE, Change.NONE, Change.CUT, Change.RETURN, Change.NONE),
        changes(List.of(here, here, there, here, here)));
  }

  @Test
  void aSceneThatStaysForTwoFramesIsNotTakenBack() {
    GrayImage here = frame(SyntheticScene.cut(), 0);
    GrayImage there = frame(SyntheticScene.cut(), 12);
    assertEquals(
        List.of(Change.NONE, Change.CUT, Change.NONE, Change.CUT),
        changes(List.of(here, there, there, here)));
  }

  @Test
  void aPanIsNoCut() {
    GrayImage wide = frame(SyntheticScene.cut(), 0);
    List<GrayImage> pan = new ArrayList<>();
    for (int x = 0; x <= 360; x += 60) {
      pan.add(cropped(wide, x, 600));
    }
    assertEquals(Collections.nCopies(pan.size(), Change.NONE), changes(pan));
  }

  private List<Change> changes(List<GrayImage> frames) {
    return frames.stream().map(SmallFrame::of).map(watch::next).toList();
  }

  private static GrayImage frame(SyntheticScene scene, int index) {
    return new GrayImage(scene.width(), scene.height(), scene.frame(index));
  }

  private static GrayImage lit(GrayImage frame, int percent, int more) {
    byte[] pixels = frame.pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.min(255, (pixels[i] & 0xff) * percent / 100 + more);
    }
    return new GrayImage(frame.width(), frame.height(), pixels);
  }

  private static GrayImage cropped(GrayImage frame, int x, int width) {
    byte[] pixels = new byte[width * frame.height()];
    for (int y = 0; y < frame.height(); y++) {
      byte[] row =
          Arrays.copyOfRange(frame.pixels(), y * frame.width() + x, y * frame.width() + x + width);
      System.arraycopy(row, 0, pixels, y * width, width);
    }
    return new GrayImage(width, frame.height(), pixels);
  }
}
