package io.framewarden.trainer.degradation;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.trainer.degradation.ClipDegradation.Generation;
import io.framewarden.trainer.degradation.h264.H264RoundTrip;
import io.framewarden.trainer.image.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Degradation: one draw of what cameras, uploads and codecs do to a face between the photograph and
 * the frame that a model sees, at the size that the face has in the video. Applied to a real face
 * and its fake alike, so that the two differ by the forgery only. Immutable; any number of threads.
 */
public final class VideoDegradation {
  private static final int TEMPLATE_SIZE = AlignmentTemplate.defaults().size();

  /** How much more than the aligned square is cut out, so that its borders are the photograph's. */
  private static final double MARGIN = 1.08;

  /** A photograph is not enlarged further: it would only become soft. */
  private static final double MAX_ENLARGEMENT = 1.3;

  private static final int MIN_SIDE = 48;

  private final CameraDegradation camera;
  private final ClipDegradation clip;
  private final long noiseSeed;

  private VideoDegradation(CameraDegradation camera, ClipDegradation clip, long noiseSeed) {
    this.camera = camera;
    this.clip = clip;
    this.noiseSeed = noiseSeed;
  }

  /**
   * Draws what happens.
   *
   * @param strength 0 (hardly anything) to 1 (as the policy says)
   */
  public static VideoDegradation draw(
      DegradationPolicy policy, double strength, RandomGenerator random) {
    double share = policy.share() * (0.3 + 0.7 * strength);
    if (!CameraDegradation.chance(share, random)) {
      return still(policy.maxFaceWidth());
    }
    CameraDegradation camera = CameraDegradation.draw(strength, random);
    return new VideoDegradation(
        camera, ClipDegradation.draw(policy, strength, random), random.nextLong());
  }

  /** Nothing but a face of at most this width, in pixels. */
  public static VideoDegradation still(double faceWidth) {
    return new VideoDegradation(CameraDegradation.NONE, ClipDegradation.still(faceWidth), 0);
  }

  /** A clip with a face of this width, in pixels, through H.264 at this quantiser. */
  public static VideoDegradation h264(double faceWidth, int quantiser) {
    return new VideoDegradation(
        CameraDegradation.NONE,
        ClipDegradation.encoded(faceWidth, new Generation(1, quantiser)),
        0);
  }

  /**
   * The same clip, decoded and encoded once more.
   *
   * @param scale of the frames' size before the second encoding
   * @param first quantiser of H.264
   * @param second likewise
   */
  public static VideoDegradation h264Twice(double faceWidth, double scale, int first, int second) {
    return new VideoDegradation(
        CameraDegradation.NONE,
        ClipDegradation.encoded(faceWidth, new Generation(1, first), new Generation(scale, second)),
        0);
  }

  /** The frame of the video in which the face is looked at. */
  public LocatedFace apply(LocatedFace face) {
    try (PointerScope scope = new PointerScope()) {
      LocatedFace cut = cut(face);
      Mat still = camera.apply(Images.toMat(cut.image()));
      RandomGenerator noise = new SplittableRandom(noiseSeed);
      List<GrayImage> frames = new ArrayList<>();
      for (int i = 0; i <= clip.frame(); i++) {
        frames.add(Images.toImage(frame(still, i, noise)));
      }
      LocatedFace last = cut.moved(frames.get(clip.frame()), clip.panned(cut.image().width()));
      for (Generation generation : clip.generations()) {
        frames = scaled(frames, generation.scale());
        GrayImage size = frames.get(0);
        double scale = (double) size.width() / last.image().width();
        frames = H264RoundTrip.of(frames, generation.quantiser());
        last = last.moved(frames.get(clip.frame()), new SimilarityTransform(scale, 0, 0, 0));
      }
      return last;
    }
  }

  /** The square around the face at the size that it has in the video, with even sides. */
  private LocatedFace cut(LocatedFace face) {
    SimilarityTransform fromTemplate = face.fromTemplate();
    double middle = TEMPLATE_SIZE / 2.0;
    double turned = (Math.abs(fromTemplate.a()) + Math.abs(fromTemplate.b())) * TEMPLATE_SIZE;
    // A still is enlarged by alignment anyway.
    double most = clip.generations().isEmpty() ? 1 : MAX_ENLARGEMENT;
    double wanted = Math.min(most, clip.faceWidth() / face.width());
    GrayImage image = face.image();
    // Whole pixels, so that what was made small by means is not interpolated once more.
    double scale = wanted < 1 ? Math.rint(wanted * image.width()) / image.width() : wanted;
    int side = Math.max(MIN_SIDE, 2 * (int) Math.ceil(turned * MARGIN * scale / 2));
    double x = Math.rint(scale * fromTemplate.x(middle, middle) - side / 2.0);
    double y = Math.rint(scale * fromTemplate.y(middle, middle) - side / 2.0);
    Mat cut;
    if (scale <= 1) {
      int width = (int) Math.round(image.width() * scale);
      int height = (int) Math.round(image.height() * scale);
      Mat whole = Images.toMat(image);
      Mat small = scale == 1 ? whole : Images.resize(whole, width, height, INTER_AREA);
      cut = Images.square(small, (int) x, (int) y, side);
    } else {
      // Pixel 0 of the cut has its centre at (x + 0.5) of the enlarged photograph.
      double[] toImage = {
        1 / scale, 0, (x + 0.5) / scale - 0.5, 0, 1 / scale, (y + 0.5) / scale - 0.5
      };
      cut = Images.warp(Images.toMat(image), toImage, side, side, INTER_CUBIC);
    }
    return face.moved(Images.toImage(cut), new SimilarityTransform(scale, 0, -x, -y));
  }

  private Mat frame(Mat still, int index, RandomGenerator noise) {
    Mat moved = still;
    if (index > 0) {
      double zoom = Math.pow(clip.zoom(), index);
      double middle = (still.cols() - 1) / 2.0;
      double[] toStill = {
        1 / zoom,
        0,
        middle - (middle + index * clip.panX()) / zoom,
        0,
        1 / zoom,
        middle - (middle + index * clip.panY()) / zoom
      };
      moved = Images.warp(still, toStill, still.cols(), still.rows(), INTER_LINEAR);
    }
    return camera.noise() > 0 ? Images.addNoise(moved, camera.noise(), noise) : moved;
  }

  private static List<GrayImage> scaled(List<GrayImage> frames, double scale) {
    int side = Math.max(MIN_SIDE, 2 * (int) Math.round(frames.get(0).width() * scale / 2));
    if (side == frames.get(0).width()) {
      return frames;
    }
    int interpolation = scale < 1 ? INTER_AREA : INTER_LINEAR;
    return frames.stream()
        .map(frame -> Images.toImage(Images.resize(Images.toMat(frame), side, side, interpolation)))
        .toList();
  }
}
