package io.framewarden.extraction.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.testkit.video.VideoWriter;
import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VideoReaderTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yuv420p",
        "yuv422p",
        "yuv444p",
        "yuv420p10le",
        "yuv422p10le",
        "yuv444p10le",
        "yuv420p12le"
      })
  void limitedRangeLumaIsExpandedInEveryPixelFormat(String pixelFormat) throws Exception {
    GrayImage luma = firstLuma(lossless(pixelFormat, false, WIDTH, HEIGHT));
    for (int x = 0; x < WIDTH; x++) {
      int code = 4 * x;
      long expected = Math.round((Math.max(16, Math.min(235, code)) - 16) * 255 / 219.0);
      assertEquals(expected, luma.at(x, HEIGHT / 2), "code " + code);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yuv420p", "yuv422p", "yuv444p", "gray"})
  void fullRangeLumaIsCopied(String pixelFormat) throws Exception {
    GrayImage luma = firstLuma(lossless(pixelFormat, true, WIDTH, HEIGHT));
    assertEquals(new GrayImage(WIDTH, HEIGHT, ramp(WIDTH, HEIGHT)), luma);
  }

  @Test
  void fullRangeTenBitLumaIsScaledFromItsOwnMaximum() throws Exception {
    GrayImage luma = firstLuma(lossless("yuv420p10le", true, WIDTH, HEIGHT));
    assertEquals(Math.round(200 * 4 * 255 / 1023.0), luma.at(50, 7));
  }

  @Test
  void rgbFramesAreWeightedIntoLuma() throws Exception {
    GrayImage luma = firstLuma(lossless("gbrp10le", true, WIDTH, HEIGHT));
    assertEquals(Math.round(200 * 4 * 255 / 1023.0), luma.at(50, 7));
  }

  @Test
  void oddSizesKeepEveryPixel() throws Exception {
    GrayImage luma = firstLuma(lossless("yuv420p", true, 61, 47));
    assertEquals(new GrayImage(61, 47, ramp(61, 47)), luma);
  }

  @ParameterizedTest
  @CsvSource({"90, 0, 0, 47, 0", "180, 0, 0, 63, 47", "270, 0, 0, 0, 63"})
  void rotatedFramesComeUpright(int degrees, int fromX, int fromY, int toX, int toY)
      throws Exception {
    byte[] corner = new byte[WIDTH * HEIGHT];
    Arrays.fill(corner, (byte) 16);
    corner[fromY * WIDTH + fromX] = (byte) 235;
    Path file =
        SyntheticVideo.frames(
            folder.resolve("r.mov"),
            VideoFormat.lossless("yuv444p", false).withRotation(degrees),
            WIDTH,
            HEIGHT,
            25,
            3,
            index -> corner);
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      assertEquals(degrees, reader.probe().rotationDegrees());
      GrayImage luma = reader.next().orElseThrow().luma();
      assertEquals(degrees == 180 ? WIDTH : HEIGHT, luma.width());
      assertEquals(luma.width(), reader.probe().width());
      assertEquals(255, luma.at(toX, toY));
      assertEquals(0, luma.at(luma.width() / 2, luma.height() / 2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v.mp4", "v.mkv"})
  void timesOfAVariableFrameRateAreKept(String name) throws Exception {
    long[] times = {0, 40_000, 50_000, 300_000, 310_000, 1_000_000};
    Path file = folder.resolve(name);
    try (VideoWriter writer = new VideoWriter(file, VideoFormat.mpeg4(), WIDTH, HEIGHT)) {
      for (long time : times) {
        writer.write(ramp(WIDTH, HEIGHT), time);
      }
    }
    List<Long> read = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      for (Optional<DecodedFrame> p = reader.next(); p.isPresent(); p = reader.next()) {
        assertEquals(read.size(), p.get().frameIndex());
        read.add(p.get().ptsUs());
      }
      assertEquals(times.length, reader.frames());
      assertFalse(reader.report().getTruncated());
    }
    assertEquals(Arrays.stream(times).boxed().toList(), read);
  }

  @ParameterizedTest
  @CsvSource({
    "libopenh264, mp4",
    "libvpx, webm",
    "libvpx-vp9, webm",
    "mjpeg, avi",
    "mpeg2video, ts",
    "mpeg4, mov",
    "libopenh264, flv"
  })
  void everyUsualCodecIsRead(String encoder, String container) throws Exception {
    Assumptions.assumeTrue(
        VideoWriter.canEncode(encoder), () -> "this FFmpeg has no encoder " + encoder);
    VideoFormat format =
        VideoFormat.mpeg4()
            .withEncoder(encoder, encoder.equals("mjpeg") ? "yuvj420p" : "yuv420p")
            .withTicksPerSecond(25);
    Path file =
        SyntheticVideo.frames(
            folder.resolve("c." + container),
            format,
            WIDTH,
            HEIGHT,
            25,
            10,
            index -> ramp(WIDTH, HEIGHT));
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      int count = 0;
      while (reader.next().isPresent()) {
        count++;
      }
      assertEquals(10, count);
      assertEquals(WIDTH, reader.probe().width());
    }
  }

  @Test
  void limitsRefuseWithTheirOwnReasons() throws Exception {
    Path file = SyntheticVideo.emptyRoom(folder.resolve("l.mkv"), 128, 96, 10, 3);
    DecodeLimits base = DecodeLimits.defaults();
    assertEquals(
        FailureReason.TOO_LARGE,
        refusal(file, new DecodeLimits(100, base.maxPixels(), 8, base.maxDuration())));
    assertEquals(
        FailureReason.TOO_MANY_PIXELS,
        refusal(file, new DecodeLimits(base.maxBytes(), 1000, 8, base.maxDuration())));
    assertEquals(
        FailureReason.TOO_LONG,
        refusal(
            file, new DecodeLimits(base.maxBytes(), base.maxPixels(), 8, Duration.ofSeconds(2))));
  }

  @Test
  void aDurationThatTheContainerHidesIsStillEnforced() throws Exception {
    // The container says nothing of its duration; the frames go on for four seconds.
    Path file = folder.resolve("long.mkv");
    try (VideoWriter writer = new VideoWriter(file, VideoFormat.mpeg4(), WIDTH, HEIGHT)) {
      for (int i = 0; i < 40; i++) {
        writer.write(ramp(WIDTH, HEIGHT), i * 100_000L);
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    blankDuration(bytes);
    Files.write(file, bytes);
    DecodeLimits base = DecodeLimits.defaults();
    DecodeLimits limits =
        new DecodeLimits(base.maxBytes(), base.maxPixels(), 8, Duration.ofSeconds(2));
    assertEquals(FailureReason.TOO_LONG, refusal(file, limits));
  }

  @Test
  void aFileCutOffKeepsItsFramesAndSaysSo() throws Exception {
    Path whole = lossless("yuv420p", true, WIDTH, HEIGHT, 40);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.mkv"), Arrays.copyOf(bytes, bytes.length / 2));
    try (VideoReader reader = VideoReader.open(cut, DecodeOptions.defaults())) {
      int count = 0;
      while (reader.next().isPresent()) {
        count++;
      }
      assertTrue(count > 10 && count < 30, "frames " + count);
      assertTrue(reader.report().getTruncated());
    }
  }

  @Test
  void damagedPacketsAreSkippedAndCounted() throws Exception {
    Path file = lossless("yuv420p", true, WIDTH, HEIGHT, 40);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length / 2; i < bytes.length / 2 + 3000 && i < bytes.length; i++) {
      bytes[i] ^= 0x5a;
    }
    Files.write(file, bytes);
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      int count = 0;
      while (reader.next().isPresent()) {
        count++;
      }
      assertTrue(count > 0 && count <= 40, "frames " + count);
      assertTrue(reader.skippedPackets() > 0 || reader.report().getTruncated());
    }
  }

  @Test
  void aPlaylistOrScriptNeverOpensWhatItNames() throws Exception {
    Path canary = SyntheticVideo.emptyRoom(folder.resolve("canary.mp4"), 64, 48, 5, 1);
    for (String script :
        List.of(
            "ffconcat version 1.0\nfile 'canary.mp4'\n",
            "#EXTM3U\n#EXTINF:1,\ncanary.mp4\n#EXT-X-ENDLIST\n",
            "#EXTM3U\n#EXTINF:1,\nfile://" + canary + "\n#EXT-X-ENDLIST\n")) {
      Path file = Files.writeString(folder.resolve("s.mp4"), script);
      VideoException refused =
          assertThrows(
              VideoException.class, () -> VideoReader.open(file, DecodeOptions.defaults()));
      assertTrue(
          List.of(FailureReason.UNSUPPORTED_CONTAINER, FailureReason.CORRUPT)
              .contains(refused.reason()),
          refused.getMessage());
    }
  }

  @Test
  void everyThreadCountGivesTheSameFrames() throws Exception {
    Path file = SyntheticVideo.drawnFace(folder.resolve("t.mp4"), 160, 120, 10, 1);
    DecodeLimits limits = DecodeLimits.defaults();
    assertEquals(
        allLuma(file, new DecodeOptions(limits, 1)), allLuma(file, new DecodeOptions(limits, 4)));
  }

  private static List<GrayImage> allLuma(Path file, DecodeOptions options) throws Exception {
    List<GrayImage> all = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(file, options)) {
      for (Optional<DecodedFrame> p = reader.next(); p.isPresent(); p = reader.next()) {
        all.add(p.get().luma());
      }
    }
    return all;
  }

  private static FailureReason refusal(Path file, DecodeLimits limits) {
    VideoException refused =
        assertThrows(
            VideoException.class,
            () -> {
              try (VideoReader reader = VideoReader.open(file, new DecodeOptions(limits, 1))) {
                while (reader.next().isPresent()) {
                  // read on until it refuses
                }
              }
            });
    return refused.reason();
  }

  private Path lossless(String pixelFormat, boolean fullRange, int width, int height)
      throws IOException {
    return SyntheticVideo.frames(
        folder.resolve("p.mkv"),
        VideoFormat.lossless(pixelFormat, fullRange),
        width,
        height,
        25,
        2,
        index -> ramp(width, height));
  }

  private Path lossless(String pixelFormat, boolean fullRange, int width, int height, int count)
      throws IOException {
    return SyntheticVideo.frames(
        folder.resolve("n.mkv"),
        VideoFormat.lossless(pixelFormat, fullRange),
        width,
        height,
        25,
        count,
        index -> SyntheticVideo.faceFrame(width, height, index / 25.0, 1, index));
  }

  private static GrayImage firstLuma(Path file) throws VideoException {
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      return reader.next().orElseThrow().luma();
    }
  }

  private static byte[] ramp(int width, int height) {
    byte[] codes = new byte[width * height];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (4 * (i % width));
    }
    return codes;
  }

  /** Turns Matroska's Duration element (0x4489) into a Void of the same length. */
  private static void blankDuration(byte[] bytes) {
    for (int i = 0; i + 10 < bytes.length; i++) {
      if (bytes[i] == 0x44 && bytes[i + 1] == (byte) 0x89 && bytes[i + 2] == (byte) 0x88) {
        bytes[i] = (byte) 0xec;
        bytes[i + 1] = (byte) 0x89; // Void, nine bytes: the old size byte and the value
        return;
      }
    }
    throw new IllegalStateException("the synthetic video has no Duration element");
  }
}
