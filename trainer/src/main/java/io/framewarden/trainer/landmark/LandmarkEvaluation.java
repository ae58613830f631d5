package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.trainer.evaluation.ScoreSet;
import io.framewarden.trainer.image.ImageFilters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures an exported landmark network as the extraction uses it, on photographs of people that it
 * was not trained on: reduced to several face widths, compressed, and cropped as far off as
 * detectors' boxes are.
 *
 * @param byWidth errors by the width of the face in pixels
 * @param scores of faces and backgrounds, drawn as for training
 */
record LandmarkEvaluation(Map<Integer, Looks> byWidth, Scores scores) {
  private static final List<Integer> WIDTHS = List.of(24, 32, 48, 64, 96, 144);
  private static final int JPEG = 75;

  /** The right crop's side over the width of the face. */
  private static final double MARGIN = 1.4;

  /** Rotation of faces in detectors' boxes, degrees either way. */
  private static final double TILT = 25;

  /**
   * Errors after one look, at the detector's square, and after a second one, at the square around
   * what the first found.
   */
  record Looks(LandmarkErrors first, LandmarkErrors second) {}

  /**
   * How well the score tells faces from backgrounds.
   *
   * @param auc over pairs
   * @param facesAtZero share of the faces with a score of 0 or more
   * @param backgroundsAtZero share of the backgrounds with one
   * @param lowestPercent score that 99 in 100 faces are above
   */
  record Scores(double auc, double facesAtZero, double backgroundsAtZero, double lowestPercent) {}

  /** Measures a network on at least one face. */
  static LandmarkEvaluation of(LandmarkNetwork network, List<LabelledFace> unseen, long seed) {
    Map<Integer, Looks> byWidth = new LinkedHashMap<>();
    for (int width : WIDTHS) {
      byWidth.put(width, looks(network, unseen, width, seed));
    }
    return new LandmarkEvaluation(byWidth, scores(network, unseen, seed));
  }

  private static Looks looks(
      LandmarkNetwork network, List<LabelledFace> unseen, int width, long seed) {
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int i = 0; i < unseen.size(); i++) {
      LandmarkAugmentation.Scene scene =
          LandmarkAugmentation.reduced(
              LandmarkAugmentation.continued(
                  unseen.get(i), Surroundings.Kind.REPLICATED, unseen.get(i).image()),
              MARGIN * width);
      GrayImage frame = ImageFilters.compressJpeg(scene.image(), JPEG);
      SimilarityTransform crop = box(new SplittableRandom(seed + i)).apply(scene.crop());
      first.add(LandmarkErrors.of(network.find(frame, crop, 1), scene.landmarks()));
      second.add(LandmarkErrors.of(network.find(frame, crop, 2), scene.landmarks()));
    }
    return new Looks(LandmarkErrors.of(first), LandmarkErrors.of(second));
  }

  private static CropJitter box(SplittableRandom random) {
    return new CropJitter(
        CropJitter.between(-TILT, TILT, random),
        Math.exp(0.08 * random.nextGaussian()),
        0.07 * random.nextGaussian(),
        0.03 * random.nextGaussian());
  }

  private static Scores scores(LandmarkNetwork network, List<LabelledFace> unseen, long seed) {
    int count = unseen.size();
    double[] scores = new double[2 * count];
    boolean[] isFace = new boolean[2 * count];
    int facesAtZero = 0;
    int backgroundsAtZero = 0;
    for (int i = 0; i < count; i++) {
      SplittableRandom random = new SplittableRandom(seed + i);
      GrayImage other = unseen.get((i + 1) % count).image();
      scores[i] =
          LandmarkGraph.find(network, LandmarkAugmentation.face(unseen.get(i), other, random))
              .score();
      isFace[i] = true;
      scores[count + i] =
          LandmarkGraph.find(network, Backgrounds.draw(unseen.get(i), random)).score();
      facesAtZero += scores[i] >= 0 ? 1 : 0;
      backgroundsAtZero += scores[count + i] >= 0 ? 1 : 0;
    }
    double[] ofFaces = Arrays.copyOf(scores, count);
    Arrays.sort(ofFaces);
    return new Scores(
        ScoreSet.of(scores, isFace).auc().orElseThrow(),
        (double) facesAtZero / count,
        (double) backgroundsAtZero / count,
        ofFaces[count / 100]);
  }
}
