package io.framewarden.trainer.photograph;

import com.google.protobuf.ByteString;
import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Jpeg;
import io.framewarden.v1.Photograph;
import io.framewarden.v1.Point;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Photographs as archives keep them, from image files and back to pixels. Rotations that a file
 * asks for are applied. Stateless.
 */
public final class PhotographFiles {
  /** The longer side of what an archive keeps, pixels. */
  public static final int MAX_SIDE = 512;

  /** A JPEG of at most so many bytes is kept as it is. */
  private static final int MAX_KEPT_BYTES = 1 << 18;

  /** A JPEG that is longer than this in one direction holds more than a face's surroundings. */
  private static final double MAX_ASPECT = 1.5;

  /** Side of what is cut out of a large photograph, in widths of the face. */
  private static final double SURROUNDINGS = 2.2;

  private static final int QUALITY = 95;

  private PhotographFiles() {}

  /**
   * What an archive keeps of an image file.
   *
   * @param landmarks of the face in it, in pixels of the upright image
   * @return empty when OpenCV cannot read the file, or the face lies outside the image
   */
  public static Optional<Photograph> keep(byte[] file, DenseLandmarks landmarks) {
    try (PointerScope scope = new PointerScope()) {
      Mat image = decode(file, opencv_imgcodecs.IMREAD_COLOR);
      if (image.empty()) {
        return Optional.empty();
      }
      int width = image.cols();
      int height = image.rows();
      boolean square = Math.max(width, height) <= MAX_ASPECT * Math.min(width, height);
      boolean small = file.length <= MAX_KEPT_BYTES && Math.max(width, height) <= MAX_SIDE;
      if (isJpeg(file) && small && square) {
        return Optional.of(message(ByteString.copyFrom(file), landmarks));
      }
      return cut(image, landmarks);
    }
  }

  /**
   * The photograph of an archive.
   *
   * @throws IllegalArgumentException when its image cannot be read, or its landmarks are not those
   *     of a face
   */
  public static FacePhotograph read(Photograph photograph) {
    DenseLandmarks landmarks =
        DenseLandmarks.known(
            photograph.getLandmarksList().stream()
                .map(point -> new FacePoint(point.getX(), point.getY()))
                .toList());
    return gray(photograph.getImage().toByteArray())
        .map(image -> new FacePhotograph(image, landmarks))
        .orElseThrow(() -> new IllegalArgumentException("an archived photograph is no image"));
  }

  private static Optional<Photograph> cut(Mat image, DenseLandmarks landmarks) {
    FacePoint centre = landmarks.centre(0, DenseLandmarks.POINTS - 1);
    double half = SURROUNDINGS * landmarks.faceWidth() / 2;
    int left = (int) Math.max(0, Math.floor(centre.x() - half));
    int top = (int) Math.max(0, Math.floor(centre.y() - half));
    int right = (int) Math.min(image.cols(), Math.ceil(centre.x() + half));
    int bottom = (int) Math.min(image.rows(), Math.ceil(centre.y() + half));
    if (right - left < 2 || bottom - top < 2) {
      return Optional.empty();
    }
    Mat part = image.apply(new Rect(left, top, right - left, bottom - top));
    double scale = Math.min(1, (double) MAX_SIDE / Math.max(part.cols(), part.rows()));
    Mat kept =
        scale == 1
            ? part.clone()
            : Images.resize(
                part,
                (int) Math.round(part.cols() * scale),
                (int) Math.round(part.rows() * scale),
                opencv_imgproc.INTER_AREA);
    ByteBuffer coded = Jpeg.encode(kept, QUALITY).asByteBuffer();
    return Optional.of(message(ByteString.copyFrom(coded), landmarks.moved(cut(left, top, scale))));
  }

  /** To the pixels of the image that is cut at (x, y) and then scaled. */
  private static SimilarityTransform cut(double x, double y, double scale) {
    return new SimilarityTransform(scale, 0, -x * scale, -y * scale);
  }

  /** The image in gray; empty when OpenCV cannot read the file. */
  public static Optional<GrayImage> gray(byte[] file) {
    try (PointerScope scope = new PointerScope()) {
      Mat gray = decode(file, opencv_imgcodecs.IMREAD_GRAYSCALE);
      return gray.empty() ? Optional.empty() : Optional.of(Images.toImage(gray));
    }
  }

  private static Mat decode(byte[] file, int mode) {
    return opencv_imgcodecs.imdecode(new Mat(new BytePointer(file)), mode);
  }

  private static boolean isJpeg(byte[] file) {
    return file.length > 2 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8;
  }

  private static Photograph message(ByteString image, DenseLandmarks landmarks) {
    List<Point> points =
        landmarks.points().stream()
            .map(point -> Point.newBuilder().setX(point.x()).setY(point.y()).build())
            .toList();
    return Photograph.newBuilder().setImage(image).addAllLandmarks(points).build();
  }
}
