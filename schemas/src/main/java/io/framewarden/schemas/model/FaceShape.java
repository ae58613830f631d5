package io.framewarden.schemas.model;

import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.PixelFormat;
import java.util.Locale;

/**
 * The size and pixel format of a face, which a face frame has and a model takes. Immutable.
 *
 * @param width in pixels, 1 to {@value #MAX_SIDE}
 * @param height likewise
 * @param format of its pixels
 */
public record FaceShape(int width, int height, PixelFormat format) {
  /** The longest side of a face. */
  public static final int MAX_SIDE = 4096;

  /**
   * @throws IllegalArgumentException for a format or size that no face has
   */
  public FaceShape {
    if (format == PixelFormat.UNRECOGNIZED) {
      throw new IllegalArgumentException("pixels of a format that this version does not know");
    }
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException("a face cannot be " + width + "x" + height);
    }
  }

  /**
   * The shape that a face frame says it has.
   *
   * @throws IllegalArgumentException for a format or size that no face has
   */
  public static FaceShape of(FaceFrame frame) {
    return new FaceShape(frame.getWidth(), frame.getHeight(), frame.getFormat());
  }

  /** Values of a pixel: 1 or 3. */
  public int channels() {
    return switch (format) {
      case GRAY8, UNRECOGNIZED -> 1;
      case RGB8 -> 3;
    };
  }

  /** Bytes of a face. */
  public int bytes() {
    return width * height * channels();
  }

  /** A format by the name that manifests and commands use, as in {@code gray8}. */
  public static String name(PixelFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of a name.
   *
   * @throws IllegalArgumentException for any other
   */
  public static PixelFormat format(String name) {
    return switch (String.valueOf(name)) {
      case "gray8" -> PixelFormat.GRAY8;
      case "rgb8" -> PixelFormat.RGB8;
      default -> throw new IllegalArgumentException("a pixel format is gray8 or rgb8, not " + name);
    };
  }

  /** As in {@code rgb8 256x256}. */
  @Override
  public String toString() {
    return name(format) + " " + width + "x" + height;
  }
}
