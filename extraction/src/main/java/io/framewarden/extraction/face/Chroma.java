package io.framewarden.extraction.face;

import java.util.Objects;

/**
 * The colour of a frame beside its luma: the two colour differences, full range around {@value
 * #NEUTRAL}, each in an image of its own. Their pixels are taken to lie in the middle of the pixels
 * of luma that they cover. Beyond its images, which repeat their edges, a frame has the colour of
 * its edge; an image of one neutral pixel is that of a gray frame.
 *
 * @param blue blue minus luma, scaled to 0..255
 * @param red red minus luma, of the same size
 * @param subsampling pixels of luma along a side of one pixel here, at least 1
 * @param matrix what relates them to red, green and blue
 */
public record Chroma(GrayImage blue, GrayImage red, int subsampling, Matrix matrix) {
  /** Names the conversion in the extraction recipe; changes whenever its bytes would. */
  public static final String CONVERSION = "rgb-from-planes-1";

  /** The level of no colour. */
  public static final int NEUTRAL = 128;

  /** The weights of luma: ITU-R BT.601, BT.709 and BT.2020. */
  public enum Matrix {
    BT601(0.299, 0.114),
    BT709(0.2126, 0.0722),
    BT2020(0.2627, 0.0593);

    private final double redWeight;
    private final double blueWeight;

    Matrix(double redWeight, double blueWeight) {
      this.redWeight = redWeight;
      this.blueWeight = blueWeight;
    }

    /** Blue minus luma of a colour, scaled to the range of levels around 0. */
    public double blueDifference(double red, double green, double blue) {
      return (blue - luma(red, green, blue)) / (2 * (1 - blueWeight));
    }

    /** Red minus luma of a colour, scaled to the range of levels around 0. */
    public double redDifference(double red, double green, double blue) {
      return (red - luma(red, green, blue)) / (2 * (1 - redWeight));
    }

    private double luma(double red, double green, double blue) {
      return redWeight * red + (1 - redWeight - blueWeight) * green + blueWeight * blue;
    }
  }

  public Chroma {
    Objects.requireNonNull(matrix, "matrix");
    if (subsampling < 1 || blue.width() != red.width() || blue.height() != red.height()) {
      throw new IllegalArgumentException(
          "colours of " + blue + " and " + red + " cannot have the subsampling " + subsampling);
    }
  }

  /**
   * A face in colour.
   *
   * @param luma the face as {@link AffineSampler#sample} took it from the luma, gray8
   * @param toSource the transform that it was taken by
   * @param size side of the face in pixels
   * @return rgb8, row-major, {@code 3 * size * size} bytes
   */
  public byte[] toRgb(byte[] luma, SimilarityTransform toSource, int size) {
    SimilarityTransform toChroma = toSource.scaled(1.0 / subsampling);
    byte[] blues = new AffineSampler(blue).sample(toChroma, size);
    byte[] reds = new AffineSampler(red).sample(toChroma, size);
    double greenWeight = 1 - matrix.redWeight - matrix.blueWeight;
    byte[] rgb = new byte[3 * size * size];
    for (int i = 0; i < size * size; i++) {
      double level = luma[i] & 0xff;
      double r = level + 2 * (1 - matrix.redWeight) * ((reds[i] & 0xff) - NEUTRAL);
      double b = level + 2 * (1 - matrix.blueWeight) * ((blues[i] & 0xff) - NEUTRAL);
      double g = (level - matrix.redWeight * r - matrix.blueWeight * b) / greenWeight;
      rgb[3 * i] = level(r);
      rgb[3 * i + 1] = level(g);
      rgb[3 * i + 2] = level(b);
    }
    return rgb;
  }

  /**
   * This colour over a page without any.
   *
   * @param opacity of each pixel here, 0 to 255
   */
  public Chroma faded(GrayImage opacity) {
    return new Chroma(faded(blue, opacity), faded(red, opacity), subsampling, matrix);
  }

  private static GrayImage faded(GrayImage part, GrayImage opacity) {
    byte[] faded = new byte[part.pixels().length];
    for (int i = 0; i < faded.length; i++) {
      double share = (opacity.pixels()[i] & 0xff) / 255.0;
      faded[i] = level(NEUTRAL + share * ((part.pixels()[i] & 0xff) - NEUTRAL));
    }
    return new GrayImage(part.width(), part.height(), faded);
  }

  /** The nearest level, 0 to 255. */
  public static byte level(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
