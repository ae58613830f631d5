package io.framewarden.extraction.face;

/**
 * A frame or a part of it, rotated so that faces that are rotated as the view is come out upright.
 * What a detector finds in it is brought back to the frame. Immutable.
 *
 * @param image what a detector searches
 * @param toFrame from the view's pixels to the frame's
 * @param rotation of the view in the frame, degrees clockwise, above -180 to 180
 */
public record RotatedView(GrayImage image, SimilarityTransform toFrame, float rotation) {
  /**
   * A square part of a frame.
   *
   * @param sampler of the frame
   * @param centre of the part
   * @param side of the part, in pixels of the frame
   * @param rotation of the part, degrees clockwise
   * @param size of the view, in pixels
   */
  public static RotatedView ofSquare(
      AffineSampler sampler, FacePoint centre, double side, float rotation, int size) {
    SimilarityTransform toFrame =
        SimilarityTransform.ofView(centre, side / size, rotation, size, size);
    return new RotatedView(
        new GrayImage(size, size, sampler.sample(toFrame, size)),
        toFrame,
        Rotation.normalized(rotation));
  }

  /**
   * A whole frame, rotated by quarters of a circle.
   *
   * @param frame what is rotated
   * @param scale pixels of the source frame to one of {@code frame}
   * @param quarters 0 to 3
   */
  public static RotatedView ofQuarters(GrayImage frame, double scale, int quarters) {
    GrayImage image = Rotation.undoQuarters(frame, quarters);
    FacePoint centre =
        new FacePoint((float) (frame.width() * scale / 2), (float) (frame.height() * scale / 2));
    float rotation = Rotation.normalized(90f * quarters);
    return new RotatedView(
        image,
        SimilarityTransform.ofView(centre, scale, rotation, image.width(), image.height()),
        rotation);
  }

  /**
   * The square around a whole frame, rotated by any angle; it lacks the frame's corners.
   *
   * @param frame what is rotated
   * @param scale pixels of the source frame to one of {@code frame}
   * @param rotation degrees clockwise
   */
  public static RotatedView ofTilted(GrayImage frame, double scale, float rotation) {
    FacePoint centre = new FacePoint(frame.width() / 2f, frame.height() / 2f);
    int side = Math.max(frame.width(), frame.height());
    RotatedView view = ofSquare(new AffineSampler(frame), centre, side, rotation, side);
    return new RotatedView(view.image, view.toFrame.scaled(scale), view.rotation);
  }

  /** A face that was found in the view, in the frame. */
  public DetectedFace toFrame(DetectedFace face) {
    FacePoint centre = toFrame(face.box().centre());
    float width = (float) (face.box().width() * toFrame.scale());
    float height = (float) (face.box().height() * toFrame.scale());
    return new DetectedFace(
        new FaceBox(centre.x() - width / 2, centre.y() - height / 2, width, height),
        face.landmarks().stream().map(this::toFrame).toList(),
        face.confidence(),
        rotation);
  }

  private FacePoint toFrame(FacePoint point) {
    return new FacePoint(
        (float) toFrame.x(point.x(), point.y()), (float) toFrame.y(point.x(), point.y()));
  }
}
