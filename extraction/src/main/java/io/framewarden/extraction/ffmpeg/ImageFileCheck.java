package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the blocks of a whole GIF or PNG, before and after FFmpeg does: for still images, for what
 * FFmpeg would inflate without a limit, and for frames that it passes over. Other files pass.
 * Stateless.
 */
final class ImageFileCheck {
  /** Texts and colour profiles of a .png; FFmpeg keeps them in memory. */
  private static final long MAX_OTHER_BYTES = 32 << 20;

  private ImageFileCheck() {}

  /**
   * Checks a file that is to be read as a video.
   *
   * @throws VideoException STILL_IMAGE, TOO_MANY_PIXELS, UNSUPPORTED_PIXEL_FORMAT,
   *     UNSUPPORTED_CONTAINER
   */
  static void check(Path file, DecodeLimits limits) throws VideoException {
    try {
      ContainerSignature kind = ImageSignature.of(file).orElse(ContainerSignature.UNKNOWN);
      switch (kind) {
        case STILL_IMAGE, ANIMATED_WEBP ->
            throw new VideoException(kind.refusal().orElseThrow(), kind.explanation());
        case GIF -> checkGif(gif(file));
        case APNG -> checkPng(png(file), limits);
        default -> {
          // its demuxer checks it
        }
      }
    } catch (IOException e) {
      throw VideoException.unreadable(file);
    }
  }

  private static void checkGif(GifBlocks blocks) throws VideoException {
    // FFmpeg decodes the first image alone then; browsers show them all.
    if (!blocks.isTimed()) {
      throw new VideoException(
          FailureReason.UNSUPPORTED_CONTAINER,
          "a .gif whose frames have no delays is not read; convert it to .mp4");
    }
  }

  private static void checkPng(PngChunks chunks, DecodeLimits limits) throws VideoException {
    Codecs.checkPixels(chunks.width(), chunks.height(), limits.maxPixels());
    if (chunks.isOneBitGray()) {
      throw new VideoException(
          FailureReason.UNSUPPORTED_PIXEL_FORMAT,
          "an animated .png with one bit a pixel is not read; convert it to .mp4 or .gif");
    }
    if (chunks.otherBytes() > MAX_OTHER_BYTES) {
      throw new VideoException(
          FailureReason.UNSUPPORTED_CONTAINER,
          "the .png has more than 32 MiB of texts and colour profiles; save it without them");
    }
  }

  /**
   * Whether an animated image, read to its end, lacks some of its frames.
   *
   * @param format FFmpeg's name of the demuxer
   * @param frames how many frames were decoded of it, or could not be
   */
  static boolean isCut(Path file, String format, long frames) throws VideoException {
    if (!MediaKind.isAnimatedImage(format)) {
      return false;
    }
    try {
      if (format.equals("apng")) {
        return png(file).isCut();
      }
      GifBlocks blocks = gif(file);
      return blocks.isCut() || blocks.images() > frames;
    } catch (IOException e) {
      throw VideoException.unreadable(file);
    }
  }

  private static GifBlocks gif(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new GifBlocks(in).read(Integer.MAX_VALUE);
    }
  }

  private static PngChunks png(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new PngChunks(in).readAll(MAX_OTHER_BYTES);
    }
  }
}
