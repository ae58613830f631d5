package io.framewarden.trainer.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * JPEG files in memory. The caller opens a {@code PointerScope}, which owns every native object
 * created here. Stateless.
 */
public final class Jpeg {
  private Jpeg() {}

  /** Encodes as JPEG of this quality (1 to 100) and decodes again. */
  public static Mat compress(Mat source, int quality) {
    return opencv_imgcodecs.imdecode(
        new Mat(encode(source, quality)), opencv_imgcodecs.IMREAD_GRAYSCALE);
  }

  /** A JPEG file, gray or in colour as the image is. */
  public static BytePointer encode(Mat source, int quality) {
    BytePointer coded = new BytePointer();
    if (!opencv_imgcodecs.imencode(
        ".jpg",
        source,
        coded,
        new IntPointer(new int[] {opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality}))) {
      throw new IllegalStateException("OpenCV cannot encode a JPEG of a face");
    }
    return coded;
  }
}
