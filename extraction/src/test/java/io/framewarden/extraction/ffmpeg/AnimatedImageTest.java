package io.framewarden.extraction.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.video.AnimatedPng;
import io.framewarden.testkit.video.GifBytes;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FailureReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images are videos, and what is read of them. */
class AnimatedImageTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final int HEAD = ContainerSignature.BYTES;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"gif, gif, GIF", "apng, apng, APNG"})
  void everyFrameIsReadAtItsTime(String ending, String encoder, ContainerSignature kind)
      throws Exception {
    Path file = animate(ending, encoder, 12);
    assertEquals(kind, ContainerSignature.of(file));
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      for (int i = 0; i < 12; i++) {
        DecodedFrame frame = reader.next().orElseThrow();
        assertEquals(i * 100_000L, frame.ptsUs());
        assertEquals(20 * i, frame.luma().at(WIDTH / 2, HEIGHT / 2), 1);
      }
      assertEquals(Optional.empty(), reader.next());
      assertTrue(reader.endUs() > 1_100_000, reader.endUs() + " us");
      assertFalse(reader.report().getTruncated());
    }
  }

  @ParameterizedTest
  @CsvSource({"gif, gif", "apng, apng"})
  void oneFrameIsAStillImage(String ending, String encoder) throws Exception {
    assertStill(animate(ending, encoder, 1));
  }

  @Test
  void delaysThatNoBrowserKeepsAreTheirs() throws Exception {
    GifBytes gif = new GifBytes(WIDTH, HEIGHT).delay(0).image(1, 1).delay(1).image(1, 1);
    Path file = write(gif.delay(7).image(1, 1).delay(2).image(1, 1).delay(9).image(1, 1).end());
    assertEquals(List.of(0L, 100_000L, 200_000L, 270_000L, 290_000L), times(file));
    AnimatedPng png = new AnimatedPng(WIDTH, HEIGHT, 8, AnimatedPng.GRAY).animation(3);
    byte[] dark = new byte[1];
    file = write(png.frame(dark, 1).frame(dark, 2).frame(dark, 2).end());
    assertEquals(List.of(0L, 100_000L, 120_000L), times(file));
  }

  /** Only the whole file tells: the first image alone is longer than what is looked at first. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aGifIsReadBeyondItsFirstBytes(int frames) throws Exception {
    byte[] noise = new byte[400 * 400];
    new Random(1).nextBytes(noise);
    VideoFormat format = VideoFormat.mpeg4().withEncoder("gif", "gray").withTicksPerSecond(100);
    Path file =
        SyntheticVideo.frames(
            folder.resolve("noise.gif"), format, 400, 400, 10, frames, index -> noise);
    assertEquals(ContainerSignature.GIF, ContainerSignature.of(file));
    if (frames == 1) {
      assertEquals(FailureReason.STILL_IMAGE, refusal(file).reason());
    } else {
      assertEquals(frames, times(file).size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aPngIsReadBeyondItsFirstBytes(int frames) throws Exception {
    AnimatedPng png = new AnimatedPng(WIDTH, HEIGHT, 8, AnimatedPng.RGB);
    png.chunk("tEXt", ("Comment\0" + "x".repeat(HEAD)).getBytes(StandardCharsets.US_ASCII));
    png.animation(frames);
    for (int i = 0; i < frames; i++) {
      png.frame(new byte[3], 10);
    }
    Path file = write(png.end());
    assertEquals(ContainerSignature.APNG, ContainerSignature.of(file));
    if (frames == 1) {
      assertEquals(FailureReason.STILL_IMAGE, refusal(file).reason());
    } else {
      assertEquals(frames, times(file).size());
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 4", "16, 4", "8, 6", "16, 6"})
  void transparentFramesAreShownOverWhite(int depth, int colors) throws Exception {
    AnimatedPng png = new AnimatedPng(WIDTH, HEIGHT, depth, colors).animation(3);
    int bytes = depth / 8;
    for (int opacity : new int[] {255, 128, 0}) {
      byte[] black = new byte[(colors == AnimatedPng.RGB_ALPHA ? 4 : 2) * bytes];
      Arrays.fill(black, black.length - bytes, black.length, (byte) opacity);
      png.frame(black, 10);
    }
    List<Integer> seen = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(write(png.end()), DecodeOptions.defaults())) {
      for (int i = 0; i < 3; i++) {
        seen.add(reader.next().orElseThrow().luma().at(5, 5));
      }
    }
    assertEquals(List.of(0, 127, 255), seen);
  }

  @ParameterizedTest
  @CsvSource({"gif, gif", "apng, apng"})
  void oneThatWasCutIsTruncated(String ending, String encoder) throws Exception {
    byte[] whole = Files.readAllBytes(animate(ending, encoder, 12));
    for (int left : new int[] {whole.length - 10, whole.length * 2 / 3}) {
      Path file = write(Arrays.copyOf(whole, left));
      try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
        while (reader.next().isPresent()) {
          // to its end
        }
        assertTrue(reader.report().getTruncated(), left + " of " + whole.length + " bytes");
      }
    }
  }

  @Test
  void aGifWithoutDelaysIsRefused() throws Exception {
    byte[] gif = new GifBytes(WIDTH, HEIGHT).image(1, 1).image(1, 1).delay(5).image(1, 1).end();
    VideoException refused = refusal(write(gif));
    assertEquals(FailureReason.UNSUPPORTED_CONTAINER, refused.reason());
    assertTrue(refused.getMessage().contains("no delays"), refused.getMessage());
  }

  @Test
  void moreThanTheAllowedPixelsAreRefused() throws Exception {
    byte[] gif = new GifBytes(65_535, 65_535).delay(5).image(1, 1).delay(5).image(1, 1).end();
    assertEquals(FailureReason.TOO_MANY_PIXELS, refusal(write(gif)).reason());
    AnimatedPng png = new AnimatedPng(70_000, 1000, 8, AnimatedPng.GRAY).animation(2);
    assertEquals(FailureReason.TOO_MANY_PIXELS, refusal(write(png.end())).reason());
  }

  @Test
  void imagesBeyondTheScreenAreCutOff() throws Exception {
    GifBytes gif = new GifBytes(WIDTH, HEIGHT).delay(5).image(1, 1).delay(5).image(60_000, 60_000);
    assertEquals(2, times(write(gif.end())).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"iCCP", "zTXt"})
  void whatInflatesWithoutEndIsRefused(String type) throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes("name\0\0".getBytes(StandardCharsets.US_ASCII));
    try (DeflaterOutputStream out = new DeflaterOutputStream(bomb)) {
      out.write(new byte[9 << 20]);
    }
    AnimatedPng png = new AnimatedPng(WIDTH, HEIGHT, 8, AnimatedPng.GRAY).animation(2);
    png.frame(new byte[1], 10).chunk(type, bomb.toByteArray());
    assertEquals(1, times(write(png.end())).size());
    png = new AnimatedPng(WIDTH, HEIGHT, 8, AnimatedPng.GRAY).animation(2).frame(new byte[1], 10);
    for (int i = 0; i < 4; i++) {
      png.chunk(type, bomb.toByteArray());
    }
    VideoException refused = refusal(write(png.end()));
    assertEquals(FailureReason.UNSUPPORTED_CONTAINER, refused.reason());
    assertTrue(refused.getMessage().contains("32 MiB"), refused.getMessage());
  }

  @Test
  void oneBitAPixelIsRefused() throws Exception {
    AnimatedPng png = new AnimatedPng(WIDTH, HEIGHT, 1, AnimatedPng.GRAY).animation(2);
    byte[] file = png.frame(new byte[1], 10).frame(new byte[1], 10).end();
    assertEquals(FailureReason.UNSUPPORTED_PIXEL_FORMAT, refusal(write(file)).reason());
  }

  @ParameterizedTest
  @CsvSource({"2, UNSUPPORTED_CONTAINER", "18, UNSUPPORTED_CONTAINER", "16, STILL_IMAGE"})
  void webpIsRefusedForWhatItIs(int flags, FailureReason reason) throws Exception {
    String head = "RIFF\u0020\0\0\0WEBPVP8X\n\0\0\0" + (char) flags + "\0\0\0\0\0\0\0\0\0";
    Path file = write(head.getBytes(StandardCharsets.ISO_8859_1));
    ContainerSignature kind = ContainerSignature.of(file);
    assertEquals(Optional.of(reason), kind.refusal());
    assertEquals(flags != 16, kind.explanation().contains("animated .webp"), kind.explanation());
    assertEquals(reason, refusal(file).reason());
  }

  @Test
  void theFramesOfAnAvifAreReadAndItsStillImageIsRefused() throws Exception {
    Path file = animate("avif", "libaom-av1", 5);
    byte[] whole = Files.readAllBytes(file);
    assertEquals(ContainerSignature.MP4, ContainerSignature.of(file));
    int frames = 0;
    try (VideoReader reader =
        VideoReader.open(file, MediaKind.VIDEO, 1, DecodeOptions.defaults())) {
      assertEquals(List.of(0, 1), reader.videoStreams());
      while (reader.next().isPresent()) {
        frames++;
      }
    }
    assertEquals(5, frames);
    String text = new String(whole, StandardCharsets.ISO_8859_1).replace("moov", "free");
    assertStill(write(text.getBytes(StandardCharsets.ISO_8859_1)));
    assertStill(animate("avif", "libaom-av1", 1));
  }

  private void assertStill(Path file) throws Exception {
    assertEquals(ContainerSignature.STILL_IMAGE, ContainerSignature.of(file));
    assertEquals(FailureReason.STILL_IMAGE, refusal(file).reason());
  }

  private static VideoException refusal(Path file) {
    return assertThrows(
        VideoException.class, () -> VideoReader.open(file, DecodeOptions.defaults()).close());
  }

  private static List<Long> times(Path file) throws VideoException {
    List<Long> times = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        times.add(next.get().ptsUs());
      }
    }
    return times;
  }

  /** Ten frames a second, each 20 levels brighter than the one before. */
  private Path animate(String ending, String encoder, int frames) throws Exception {
    String pixels = encoder.equals("libaom-av1") ? "yuv420p" : "gray";
    VideoFormat format = VideoFormat.mpeg4().withEncoder(encoder, pixels).withTicksPerSecond(100);
    return SyntheticVideo.frames(
        folder.resolve("animated." + ending),
        format,
        WIDTH,
        HEIGHT,
        10,
        frames,
        index -> {
          byte[] gray = new byte[WIDTH * HEIGHT];
          Arrays.fill(gray, (byte) (20 * index));
          return gray;
        });
  }

  private Path write(byte[] content) throws Exception {
    return Files.write(folder.resolve("upload.mp4"), content);
  }
}
