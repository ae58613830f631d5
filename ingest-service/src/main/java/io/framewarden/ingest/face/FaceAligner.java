package io.framewarden.ingest.face;

/**
 * Cuts a face out of its picture into the template's square. With landmarks it is turned, scaled
 * and shifted so that they fit the template best; without, the square around the box is cut out,
 * whose size and place the template chooses so that eyes come to lie near its own on average.
 *
 * <p>Pure Java on doubles without library functions that may differ between machines: the same
 * picture and face give the same bytes everywhere. Outside the picture its edge pixels go on. Large
 * faces are averaged, not thinned out, so that shrinking makes no patterns of its own. Stateless:
 * safe for several threads.
 */
public final class FaceAligner {
  /** Names the sampling in the extraction recipe; changes whenever its bytes would. */
  public static final String INTERPOLATION = "bilinear-supersampled-1";

  /** Faces to be shrunk by more than this are halved first, to bound the samples per pixel. */
  private static final int MOST_SAMPLES = 4;

  private final AlignmentTemplate template;

  public FaceAligner(AlignmentTemplate template) {
    this.template = template;
  }

  /**
   * Aligns one face.
   *
   * @return gray8, full range, row-major, {@code size * size} bytes of the template's size
   * @throws IllegalArgumentException if the landmarks or the box have no extent
   */
  public byte[] align(GrayImage picture, DetectedFace face) {
    Similarity toSource =
        (face.landmarks().isEmpty()
                ? square(face.box())
                : Similarity.fit(face.landmarks(), template.points()))
            .inverse();
    GrayImage source = picture;
    // Without the limit at one pixel a box far larger than its picture would never end this.
    while (toSource.scale() > MOST_SAMPLES && Math.max(source.width(), source.height()) > 1) {
      source = PictureReducer.halve(source);
      toSource = toSource.scaled(0.5);
    }
    return sample(source, toSource);
  }

  /** Source to template, by the expanded box. */
  private Similarity square(FaceBox box) {
    double longer = Math.max(box.width(), box.height());
    if (!(longer > 0)) {
      throw new IllegalArgumentException(box + " has no extent, so no face can be cut out of it");
    }
    double side = longer * template.boxExpansion();
    double scale = template.size() / side;
    double left = box.x() + box.width() / 2.0 - side / 2;
    double top = box.y() + box.height() / 2.0 + longer * template.boxShift() - side / 2;
    return new Similarity(scale, 0, -left * scale, -top * scale);
  }

  private byte[] sample(GrayImage source, Similarity toSource) {
    int size = template.size();
    // As many samples along each side of a pixel as source pixels it spans.
    int count = (int) Math.max(1, Math.min(MOST_SAMPLES, Math.ceil(toSource.scale() - 1e-9)));
    byte[] result = new byte[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double sum = 0;
        for (int i = 0; i < count * count; i++) {
          double u = x + (i % count + 0.5) / count;
          double v = y + (i / count + 0.5) / count;
          sum += bilinear(source, toSource.x(u, v) - 0.5, toSource.y(u, v) - 0.5);
        }
        result[y * size + x] = (byte) (int) (sum / (count * count) + 0.5);
      }
    }
    return result;
  }

  /** The value between pixel centres; {@code (0, 0)} is the centre of the first pixel. */
  private static double bilinear(GrayImage source, double x, double y) {
    double insideX = Math.max(0, Math.min(source.width() - 1, x));
    double insideY = Math.max(0, Math.min(source.height() - 1, y));
    int left = (int) insideX;
    int top = (int) insideY;
    int right = Math.min(left + 1, source.width() - 1);
    int bottom = Math.min(top + 1, source.height() - 1);
    double acrossShare = insideX - left;
    double downShare = insideY - top;
    double upper = source.at(left, top) * (1 - acrossShare) + source.at(right, top) * acrossShare;
    double lower =
        source.at(left, bottom) * (1 - acrossShare) + source.at(right, bottom) * acrossShare;
    return upper * (1 - downShare) + lower * downShare;
  }
}
