package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.SharedData;
import io.framewarden.testkit.video.SyntheticScene;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FaceFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos in which one scene dissolves into another, from the file to tracks. */
@Tag("slow")
class DissolvesTest {
  private static final int FPS = 8;
  private static final double START = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void onePersonWhoDissolvesIntoAnotherIsTwoTracks(double seconds) throws Exception {
    Extracted seen = Extracted.of(dissolve(seconds));
    assertEquals(1, seen.result().cuts());
    assertEquals(2, seen.result().tracks());
    for (FaceFrame face : seen.faces()) {
      double second = face.getPtsUs() / 1e6;
      if (second <= START || second >= START + seconds) {
        assertEquals(second <= START ? 0 : 1, face.getTrackId(), "at " + second);
      }
    }
  }

  @Test
  void realClipsWithoutACutHaveNone() throws Exception {
    try (Stream<Path> clips = Files.list(SharedData.folder("media/real"))) {
      for (Path clip : clips.sorted().toList()) {
        assertEquals(0, Extracted.of(clip).result().cuts(), clip.toString());
      }
    }
  }

  /** The two rooms of the scene with a cut, the first dissolving into the second. */
  private Path dissolve(double seconds) throws Exception {
    SyntheticScene scene = SyntheticScene.cut();
    int firstOfSecond = (int) (scene.cutSecond() * SyntheticScene.FPS);
    List<byte[]> rooms = Stream.of(firstOfSecond - 1, firstOfSecond).map(scene::frame).toList();
    assertTrue(rooms.get(0).length == rooms.get(1).length);
    return SyntheticVideo.frames(
        folder.resolve(seconds + ".mp4"),
        VideoFormat.mpeg4(),
        scene.width(),
        scene.height(),
        FPS,
        (int) ((2 * START + seconds) * FPS),
        index -> {
          double share = Math.min(1, Math.max(0, (index / (double) FPS - START) / seconds));
          byte[] pixels = new byte[rooms.get(0).length];
          for (int i = 0; i < pixels.length; i++) {
            double from = rooms.get(0)[i] & 0xff;
            pixels[i] = (byte) Math.round(from + ((rooms.get(1)[i] & 0xff) - from) * share);
          }
          return SyntheticVideo.toLimitedRange(pixels);
        });
  }
}
