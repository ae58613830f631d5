package io.framewarden.extraction.face;

/**
 * A box in source pixels; it may reach outside the frame.
 *
 * @param x left edge
 * @param y upper edge
 * @param width at least 0
 * @param height at least 0
 */
public record FaceBox(float x, float y, float width, float height) {
  public FaceBox {
    if (!(width >= 0 && height >= 0)) {
      throw new IllegalArgumentException(
          "a box of " + width + "x" + height + " has a negative side");
    }
  }

  /** The centre of the box. */
  public FacePoint centre() {
    return new FacePoint(x + width / 2, y + height / 2);
  }

  /** Width times height, in square pixels. */
  public float area() {
    return width * height;
  }

  /** Area of the part that both boxes cover, in square pixels. */
  public float intersection(FaceBox other) {
    float across = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    float down = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    return across > 0 && down > 0 ? across * down : 0;
  }

  /** Intersection over union, 0 (apart) to 1 (equal); 0 for empty boxes. */
  public float iou(FaceBox other) {
    float shared = intersection(other);
    return shared == 0 ? 0 : shared / (area() + other.area() - shared);
  }
}
