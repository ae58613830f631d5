package io.framewarden.extraction.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.video.SyntheticVideo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameDurationTest {
  private static final int TO_FIRST_DELTA = 4 + 4 + 4 + 4; // type, version, entries, samples

  @TempDir Path folder;

  @Test
  void theEndIsThatOfTheLastFrame() throws Exception {
    Path file = SyntheticVideo.emptyRoom(folder.resolve("a.mp4"), 64, 48, 10, 1);
    assertEquals(1_000_000, endUs(file), 100_000);
  }

  @Test
  void aFrameThatLastsLongerThanAVideoMayIsNotBelieved() throws Exception {
    Path file = SyntheticVideo.emptyRoom(folder.resolve("one.mp4"), 64, 48, 10, 0.1);
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("stts");
    ByteBuffer.wrap(bytes).putInt(at + TO_FIRST_DELTA, Integer.MAX_VALUE / 4);
    assertTrue(endUs(Files.write(file, bytes)) < 1_000_000, "one frame");
  }

  private static long endUs(Path file) throws Exception {
    DecodeLimits like = DecodeLimits.defaults();
    DecodeLimits limits =
        new DecodeLimits(
            like.maxBytes(), like.maxPixels(), like.maxStreams(), Duration.ofSeconds(9));
    try (VideoReader reader = VideoReader.open(file, new DecodeOptions(limits, 1))) {
      while (reader.next().isPresent()) {
        assertTrue(reader.endUs() >= 0);
      }
      return reader.endUs();
    }
  }
}
