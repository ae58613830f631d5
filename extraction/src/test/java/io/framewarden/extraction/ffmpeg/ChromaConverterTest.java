package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.extraction.face.Chroma;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames whose left half has one colour and whose right half another, in many formats. */
class ChromaConverterTest {
  private static final int SIDE = 32;
  private static final int[] LEFT = {200, 40, 90};
  private static final int[] RIGHT = {30, 120, 220};
  private static final SimilarityTransform WHOLE = SimilarityTransform.ofSquare(0, 0, SIDE, SIDE);

  private final AVFrame frame = av_frame_alloc();

  @AfterEach
  void free() {
    av_frame_free(frame);
  }

  @ParameterizedTest
  @CsvSource({
    "yuv420p, false, false",
    "yuv420p, true, true",
    "yuvj420p, true, false",
    "nv12, false, true",
    "yuv422p, false, false",
    "yuv411p, false, false",
    "yuv444p, true, true",
    "yuv420p10le, false, true",
    "yuv444p12be, true, false",
    "rgb24, true, false",
    "bgr0, true, true",
    "gbrp, true, false",
    "rgb48le, true, false"
  })
  void coloursComeBack(String name, boolean fullRange, boolean bt709) throws Exception {
    allocate(name, fullRange, bt709);
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(frame.format());
    for (int part = 0; part < 3; part++) {
      fill(format, part, code(format, part, LEFT), code(format, part, RIGHT));
    }

    byte[] rgb = convert(false);

    assertColour(LEFT, rgb, 4, 16);
    assertColour(RIGHT, rgb, SIDE - 5, 16);
  }

  @Test
  void grayFramesStayGray() throws Exception {
    allocate("gray", true, false);
    fill(av_pix_fmt_desc_get(frame.format()), 0, 60, 190);

    byte[] rgb = convert(false);

    assertColour(new int[] {60, 60, 60}, rgb, 4, 30);
    assertColour(new int[] {190, 190, 190}, rgb, SIDE - 5, 1);
  }

  @ParameterizedTest
  @CsvSource({"rgba", "yuva420p", "yuva444p"})
  void whatIsTransparentInAnAnimatedImageIsWhite(String name) throws Exception {
    allocate(name, true, false);
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(frame.format());
    for (int part = 0; part < 3; part++) {
      fill(format, part, code(format, part, LEFT), code(format, part, LEFT));
    }
    fill(format, 3, 255, 0);

    byte[] rgb = convert(true);

    assertColour(LEFT, rgb, 4, 16);
    assertColour(new int[] {255, 255, 255}, rgb, SIDE - 5, 16);
  }

  private void allocate(String name, boolean fullRange, boolean bt709) {
    frame.format(av_get_pix_fmt(name)).width(SIDE).height(SIDE);
    frame.color_range(fullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG);
    frame.colorspace(bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_UNSPECIFIED);
    assertEquals(0, av_frame_get_buffer(frame, 0));
  }

  private byte[] convert(boolean overWhite) throws VideoException {
    GrayImage luma = new LumaConverter(overWhite).convert(frame);
    Chroma chroma = new ChromaConverter(overWhite).convert(frame);
    return chroma.toRgb(luma.pixels(), WHOLE, SIDE);
  }

  private static void assertColour(int[] expected, byte[] rgb, int x, int y) {
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(
          expected[channel], rgb[3 * (y * SIDE + x) + channel] & 0xff, 3, "channel " + channel);
    }
  }

  /** The colour as ITU-T H.273 codes it, by the frame's range and matrix. */
  private int code(AVPixFmtDescriptor format, int part, int[] colour) {
    int depth = format.comp(part).depth();
    boolean rgb = format.name().getString().matches("rgb.*|bgr.*|gbr.*");
    if (rgb) {
      return (int) Math.round(colour[part] * ((1 << depth) - 1) / 255.0);
    }
    boolean bt709 = frame.colorspace() == AVCOL_SPC_BT709;
    double red = bt709 ? 0.2126 : 0.299;
    double blue = bt709 ? 0.0722 : 0.114;
    double luma = red * colour[0] + (1 - red - blue) * colour[1] + blue * colour[2];
    double value =
        switch (part) {
          case 0 -> luma / 255;
          case 1 -> (colour[2] - luma) / (2 * (1 - blue)) / 255;
          default -> (colour[0] - luma) / (2 * (1 - red)) / 255;
        };
    boolean full = frame.color_range() == AVCOL_RANGE_JPEG;
    double scale = full ? (1 << depth) - 1 : (part == 0 ? 219 : 224) * Math.scalb(1.0, depth - 8);
    double offset = part > 0 ? 1 << (depth - 1) : full ? 0 : Math.scalb(16.0, depth - 8);
    return (int) Math.round(offset + value * scale);
  }

  private void fill(AVPixFmtDescriptor format, int part, int left, int right) {
    boolean isSubsampled = part == 1 || part == 2;
    int width = SIDE >> (isSubsampled ? format.log2_chroma_w() : 0);
    int height = SIDE >> (isSubsampled ? format.log2_chroma_h() : 0);
    AVComponentDescriptor component = format.comp(part);
    boolean wide = component.depth() > 8;
    boolean bigEndian = format.name().getString().endsWith("be");
    for (int y = 0; y < height; y++) {
      BytePointer row =
          frame.data(component.plane()).getPointer((long) y * frame.linesize(component.plane()));
      for (int x = 0; x < width; x++) {
        int code = x < width / 2 ? left : right;
        long at = (long) x * component.step() + component.offset();
        row.put(at, (byte) (wide && bigEndian ? code >> 8 : code));
        if (wide) {
          row.put(at + 1, (byte) (bigEndian ? code : code >> 8));
        }
      }
    }
  }
}
