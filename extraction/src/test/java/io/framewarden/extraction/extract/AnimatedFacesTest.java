package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.VideoStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faces in animated images. */
class AnimatedFacesTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  @TempDir Path folder;

  /** At a hundredth of a second a frame, browsers show the 20 frames for two seconds. */
  @ParameterizedTest
  @CsvSource({
    "gif, gif, 10, 0",
    "gif, gif, 100, 0",
    "apng, apng, 10, 0",
    "avif, libaom-av1, 10, 1"
  })
  void areFoundWhereTheyAreShown(String ending, String encoder, int fps, int stream)
      throws Exception {
    String pixels = encoder.equals("libaom-av1") ? "yuv420p" : "gray";
    Path file =
        SyntheticVideo.frames(
            folder.resolve("face." + ending),
            VideoFormat.mpeg4().withEncoder(encoder, pixels).withTicksPerSecond(100),
            WIDTH,
            HEIGHT,
            fps,
            20,
            index ->
                SyntheticVideo.faceFrame(WIDTH, HEIGHT, index / 10.0, index < 10 ? 0 : 1, index));
    Extracted seen = Extracted.of(file);
    assertFalse(seen.result().isFailed(), seen.result().failureMessage());
    VideoStream read = seen.stream(stream);
    assertEquals(20, read.getDecodedFrames());
    assertEquals(0, read.getUnsampledUs());
    assertFalse(read.getTruncated());
    List<Double> seconds = seen.faceSeconds(stream);
    assertEquals(1.0, seconds.get(0), 0.301, seconds.toString());
    assertTrue(seconds.get(seconds.size() - 1) > 1.69, seconds.toString());
    long decoded = ReferenceDecode.frames(file).values().stream().mapToLong(n -> n).sum();
    assertEquals(decoded, seen.result().decodedFrames());
  }
}
