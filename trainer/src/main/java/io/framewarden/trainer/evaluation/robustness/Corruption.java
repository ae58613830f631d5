package io.framewarden.trainer.evaluation.robustness;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.degradation.h264.H264RoundTrip;
import io.framewarden.trainer.image.ImageFilters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One kind of image corruption and its five levels, from mild to strong. The levels follow those in
 * common use for forged faces (contrast, block, noise, blur, pixelation) and are chosen here for
 * JPEG, H.264 and resize.
 */
public enum Corruption {
  /** A change of colour saturation, which leaves luma as it is. */
  SATURATION("colour saturation", 0.4, 0.3, 0.2, 0.1, 0),
  CONTRAST("gain around mid-gray", 0.85, 0.725, 0.6, 0.475, 0.35),
  BLOCK("gray squares of 8 px", 16, 32, 48, 64, 80),
  /** Variances of 0.001 to 0.05 on a scale of 0..1. */
  NOISE("Gaussian, deviation in gray levels", 8.1, 11.4, 18.0, 25.5, 57.0),
  /** Kernels of 7 to 21 pixels. */
  BLUR("Gaussian, sigma in px", 1.4, 1.7, 2.3, 2.9, 3.5),
  PIXELATION("px of one square", 2, 3, 4, 5, 6),
  JPEG("quality", 90, 75, 50, 30, 15),
  H264("quantiser (QP) of a clip", 23, 28, 33, 38, 43),
  RESIZE("px of the side on the way", 168, 112, 84, 56, 42);

  private static final int SIZE = AlignmentTemplate.defaults().size();
  private static final int BLOCK_SIDE = 8;
  private static final byte MID_GRAY = (byte) 128;
  private static final long SEED = 20_240_603;

  private final String unit;
  private final List<Double> levels;

  Corruption(String unit, double... levels) {
    this.unit = unit;
    this.levels = Arrays.stream(levels).boxed().toList();
  }

  /** What a level's number means. */
  public String unit() {
    return unit;
  }

  /** Five, from mild to strong. */
  public List<Double> levels() {
    return levels;
  }

  /** Why it says nothing about gray faces or cannot be applied here; empty when it can. */
  public Optional<String> notApplicable() {
    return switch (this) {
      case SATURATION ->
          Optional.of("faces are gray: a change of saturation leaves their luma as it is");
      case H264 -> H264RoundTrip.unavailable();
      case CONTRAST, BLOCK, NOISE, BLUR, PIXELATION, JPEG, RESIZE -> Optional.empty();
    };
  }

  /**
   * The faces at a level, in order. Random parts are drawn from a seed and the face's index, so
   * that every model gets the same faces.
   *
   * @param level one of {@link #levels}
   */
  public List<Labelled> apply(List<Labelled> faces, double level) {
    notApplicable()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(this + ": " + reason);
            });
    if (this == H264) {
      return encodeClips(faces, (int) level);
    }
    Labelled[] corrupted = new Labelled[faces.size()];
    for (int i = 0; i < corrupted.length; i++) {
      Labelled face = faces.get(i);
      corrupted[i] = with(face, corrupt(face.pixels(), level, new SplittableRandom(SEED + i)));
    }
    return List.of(corrupted);
  }

  private byte[] corrupt(byte[] face, double level, RandomGenerator random) {
    return switch (this) {
      case CONTRAST -> ImageFilters.adjustContrast(face, level);
      case BLOCK -> blocks(face, (int) level, random);
      case NOISE -> ImageFilters.addNoise(face, level, random);
      case BLUR -> ImageFilters.blur(face, level);
      case PIXELATION -> ImageFilters.pixelate(face, 1 / level);
      case JPEG -> ImageFilters.compressJpeg(face, (int) level);
      case RESIZE -> ImageFilters.downscale(face, level / SIZE);
      case SATURATION, H264 -> throw new IllegalStateException(this + " is no filter of one face");
    };
  }

  private static byte[] blocks(byte[] face, int count, RandomGenerator random) {
    byte[] out = face.clone();
    for (int i = 0; i < count; i++) {
      int left = random.nextInt(SIZE - BLOCK_SIDE + 1);
      int top = random.nextInt(SIZE - BLOCK_SIDE + 1);
      for (int y = top; y < top + BLOCK_SIDE; y++) {
        Arrays.fill(out, y * SIZE + left, y * SIZE + left + BLOCK_SIDE, MID_GRAY);
      }
    }
    return out;
  }

  /** The faces of a video that share a label go through the codec as one clip. */
  private static List<Labelled> encodeClips(List<Labelled> faces, int quantiser) {
    Map<List<Object>, List<Integer>> videos = new LinkedHashMap<>();
    for (int i = 0; i < faces.size(); i++) {
      Labelled face = faces.get(i);
      videos
          .computeIfAbsent(
              List.of(face.video(), face.fake(), face.domain()), key -> new ArrayList<>())
          .add(i);
    }
    Labelled[] corrupted = new Labelled[faces.size()];
    for (List<Integer> video : videos.values()) {
      List<GrayImage> clip =
          video.stream().map(i -> new GrayImage(SIZE, SIZE, faces.get(i).pixels())).toList();
      List<GrayImage> decoded = H264RoundTrip.of(clip, quantiser);
      for (int i = 0; i < clip.size(); i++) {
        corrupted[video.get(i)] = with(faces.get(video.get(i)), decoded.get(i).pixels());
      }
    }
    return List.of(corrupted);
  }

  private static Labelled with(Labelled face, byte[] pixels) {
    return new Labelled(pixels, face.fake(), face.domain(), face.video(), face.identity());
  }
}
