package io.framewarden.trainer.probe;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.ForgeryMix;
import io.framewarden.trainer.dataset.UnseenPairs;
import io.framewarden.trainer.dataset.UnseenPairs.Aligned;
import io.framewarden.trainer.degradation.DegradationPolicy;
import io.framewarden.trainer.degradation.VideoDegradation;
import io.framewarden.trainer.evaluation.BlurBaseline;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.forgery.Mismatch;
import io.framewarden.trainer.image.ImageFilters;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The probes of a model on photographs of people it does not know: whether what it has learnt
 * survives a codec, whether it answers to the traces of forgery and not to quality, and whether its
 * training data can be told apart by a shortcut. H.264 holds a quantiser where others speak of a
 * rate factor; 23 is both's usual.
 */
public final class Probes {
  private static final VideoDegradation LARGE = VideoDegradation.h264(160, 23);
  private static final VideoDegradation COARSE = VideoDegradation.h264(160, 30);
  private static final VideoDegradation SMALL = VideoDegradation.h264(112, 23);
  private static final double SHORTCUT = 0.6;

  private final UnseenPairs pairs;
  private final Logits logits;

  private Probes(UnseenPairs pairs, Logits logits) {
    this.pairs = pairs;
    this.logits = logits;
  }

  /**
   * Probes a model.
   *
   * @param unseen with photographs
   * @param max photographs to take at most
   * @return none where there is no photograph
   */
  public static List<Probe> of(FaceSet unseen, int max, FaceScorer scorer) {
    UnseenPairs pairs = new UnseenPairs(unseen, ForgeryMix.standard(), max);
    return pairs.size() == 0 ? List.of() : new Probes(pairs, new Logits(scorer)).all();
  }

  private List<Probe> all() {
    List<Probe> probes = new ArrayList<>(afterCodec());
    probes.addAll(answers());
    probes.addAll(shortcuts());
    return List.copyOf(probes);
  }

  private List<Probe> afterCodec() {
    Aligned large = pairs.degraded(LARGE);
    Aligned small = pairs.degraded(SMALL);
    Aligned hidden = large.withoutForgedPixels();
    return List.of(
        new Probe(
            "h264-160",
            "AUC on pseudo-fakes after H.264 at QP 23, faces 160 px wide",
            logits.auc(large.reals(), large.fakes()),
            0.85,
            1),
        new Probe(
            "h264-112",
            "AUC on pseudo-fakes after H.264 at QP 23, faces 112 px wide",
            logits.auc(small.reals(), small.fakes()),
            0.75,
            1),
        atMost(
            "border-only",
            "AUC of the model on these pairs with the forged pixels painted over",
            logits.auc(hidden.reals(), hidden.fakes()),
            SHORTCUT));
  }

  private List<Probe> answers() {
    double[] plain = logits.of(pairs.changed(FacePhotograph::image, LARGE));
    double[] coarse = logits.of(pairs.changed(FacePhotograph::image, COARSE));
    return List.of(
        atLeastOne(
            "level-mismatch",
            "rise of the logit for an inner face 15 levels brighter or darker, after H.264",
            rise(plain, face -> Mismatch.ofLevel(face, 15), face -> Mismatch.ofLevel(face, -15))),
        atLeastOne(
            "scale-mismatch",
            "rise of the logit for an inner face 4 % larger or smaller, after H.264",
            rise(
                plain, face -> Mismatch.ofScale(face, 1.04), face -> Mismatch.ofScale(face, 0.96))),
        atMost(
            "blur",
            "change of the logit by a blur of the whole image, sigma 1.5 px, before H.264",
            Math.abs(rise(plain, face -> ImageFilters.blur(face.image(), 1.5))),
            1),
        atMost(
            "jpeg",
            "change of the logit by JPEG 50 of the whole image, before H.264",
            Math.abs(rise(plain, face -> ImageFilters.compressJpeg(face.image(), 50))),
            1),
        atMost(
            "h264-30",
            "change of the logit by H.264 at QP 30 in place of 23",
            Math.abs(Logits.mean(coarse) - Logits.mean(plain)),
            1),
        atMost(
            "compression-only",
            "AUC of the model for real faces at QP 30 against the same at QP 23",
            Logits.auc(plain, coarse),
            SHORTCUT));
  }

  /** Of the data that a model is trained on, whatever the model. */
  private List<Probe> shortcuts() {
    Aligned training = pairs.degraded(DegradationPolicy.standard());
    return List.of(
        new Probe(
            "blur-score",
            "AUC of the blur baseline on pairs as in training",
            training.auc(BlurBaseline::score),
            0.55,
            0.70),
        atMost(
            "levels-only",
            "AUC of the levels' mean or deviation on pairs as in training, whichever is farther"
                + " off",
            Math.max(training.shortcut(Levels::mean), training.shortcut(Levels::deviation)),
            SHORTCUT));
  }

  /** How much higher the mean logit is for the changed photographs, over all changes. */
  @SafeVarargs
  private double rise(double[] plain, Function<FacePhotograph, GrayImage>... changes) {
    double sum = 0;
    for (Function<FacePhotograph, GrayImage> change : changes) {
      sum += Logits.mean(logits.of(pairs.changed(change, LARGE)));
    }
    return sum / changes.length - Logits.mean(plain);
  }

  private static Probe atLeastOne(String name, String meaning, double value) {
    return new Probe(name, meaning, value, 1, POSITIVE_INFINITY);
  }

  private static Probe atMost(String name, String meaning, double value, double high) {
    return new Probe(name, meaning, value, NEGATIVE_INFINITY, high);
  }
}
