package io.framewarden.extraction.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FailureReason;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mirrored frames, and pixels that are not square. */
class FrameShapeTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  @TempDir Path folder;

  /** Turned clockwise, then mirrored left to right: where the bright corner comes to lie. */
  @ParameterizedTest
  @CsvSource({"0, 63, 0", "90, 0, 0", "180, 0, 47", "270, 47, 63"})
  void turnedAndMirroredFramesComeUpright(int degrees, int toX, int toY) throws Exception {
    byte[] corner = new byte[WIDTH * HEIGHT];
    Arrays.fill(corner, (byte) 16);
    corner[0] = (byte) 235;
    Path file =
        SyntheticVideo.frames(
            folder.resolve("m.mov"),
            VideoFormat.lossless("yuv444p", false).withRotation(degrees).withMirror(),
            WIDTH,
            HEIGHT,
            25,
            3,
            index -> corner);
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      GrayImage luma = reader.next().orElseThrow().luma();
      assertEquals(degrees % 180 == 0 ? WIDTH : HEIGHT, luma.width());
      assertEquals(255, luma.at(toX, toY));
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 3, 64, 36", "3, 4, 48, 48", "1, 1, 64, 48", "16, 15, 64, 45"})
  void pixelsThatAreNotSquareAreMadeSo(int wide, int tall, int width, int height) throws Exception {
    Path file =
        SyntheticVideo.frames(
            folder.resolve("a.mov"),
            VideoFormat.lossless("yuv444p", false).withPixels(wide, tall),
            WIDTH,
            HEIGHT,
            25,
            3,
            index -> ramp(WIDTH, HEIGHT));
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      GrayImage luma = reader.next().orElseThrow().luma();
      assertEquals(width, luma.width());
      assertEquals(height, luma.height());
      assertEquals(width, reader.probe().width());
      assertEquals(height, reader.probe().height());
    }
  }

  @Test
  void pixelsOfAnAspectThatNoCameraHasAreRefused() throws Exception {
    Path file =
        SyntheticVideo.frames(
            folder.resolve("lie.mov"),
            VideoFormat.lossless("yuv444p", false).withPixels(10, 1),
            WIDTH,
            HEIGHT,
            25,
            3,
            index -> ramp(WIDTH, HEIGHT));
    VideoException refused =
        assertThrows(
            VideoException.class, () -> VideoReader.open(file, DecodeOptions.defaults()).close());
    assertEquals(FailureReason.CORRUPT, refused.reason());
    assertTrue(refused.getMessage().contains("square pixels"), refused.getMessage());
  }

  @Test
  void theTurnOfAPhoneIsAppliedToSquarePixels() throws Exception {
    Path file =
        SyntheticVideo.frames(
            folder.resolve("p.mov"),
            VideoFormat.lossless("yuv444p", false).withPixels(4, 3).withRotation(90),
            WIDTH,
            HEIGHT,
            25,
            3,
            index -> ramp(WIDTH, HEIGHT));
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      GrayImage luma = reader.next().orElseThrow().luma();
      assertEquals(36, luma.width());
      assertEquals(64, luma.height());
    }
  }

  private static byte[] ramp(int width, int height) {
    byte[] codes = new byte[width * height];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (16 + i % width);
    }
    return codes;
  }
}
