package io.framewarden.trainer.dataset;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.degradation.AlignmentJitter;
import io.framewarden.trainer.degradation.DegradationPolicy;
import io.framewarden.trainer.degradation.LocatedFace;
import io.framewarden.trainer.degradation.VideoDegradation;
import io.framewarden.trainer.evaluation.ScoreSet;
import io.framewarden.trainer.forgery.Forgery;
import io.framewarden.trainer.image.ImageFilters;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Photographs of people whom a model does not know, with one pseudo-fake each, which can go through
 * any degradation. Always the same ones. Immutable.
 */
public final class UnseenPairs {
  private static final long SEED = 20_260_105;

  private final List<FaceSample> faces = new ArrayList<>();
  private final List<FacePair> pairs = new ArrayList<>();

  /**
   * Aligned faces in pairs: at every index a real one, its fake and the fake's mask.
   *
   * @param masks how much of each pixel was forged
   */
  public record Aligned(List<byte[]> reals, List<byte[]> fakes, List<byte[]> masks) {
    private static final int REACH = 8;

    /** AUC of a score of single faces. */
    public double auc(ToDoubleFunction<byte[]> score) {
      double[] scores = new double[2 * reals.size()];
      boolean[] fake = new boolean[scores.length];
      for (int i = 0; i < reals.size(); i++) {
        scores[2 * i] = score.applyAsDouble(reals.get(i));
        scores[2 * i + 1] = score.applyAsDouble(fakes.get(i));
        fake[2 * i + 1] = true;
      }
      return ScoreSet.of(scores, fake).auc().orElseThrow();
    }

    /** The same of a score that may point either way. */
    public double shortcut(ToDoubleFunction<byte[]> score) {
      double auc = auc(score);
      return Math.max(auc, 1 - auc);
    }

    /** What is left when the forged pixels and those around them are gray, in both of a pair. */
    public Aligned withoutForgedPixels() {
      List<byte[]> realsLeft = new ArrayList<>();
      List<byte[]> fakesLeft = new ArrayList<>();
      for (int i = 0; i < masks.size(); i++) {
        // A blur reaches as far as a codec carries a trace.
        byte[] reach = ImageFilters.blur(masks.get(i), REACH / 2.0);
        realsLeft.add(painted(reals.get(i), reach));
        fakesLeft.add(painted(fakes.get(i), reach));
      }
      return new Aligned(realsLeft, fakesLeft, masks);
    }

    private static byte[] painted(byte[] face, byte[] reach) {
      byte[] out = face.clone();
      for (int i = 0; i < out.length; i++) {
        out[i] = reach[i] == 0 ? out[i] : (byte) 128;
      }
      return out;
    }
  }

  /**
   * @param mix how often each kind is made
   * @param max photographs to take at most
   */
  public UnseenPairs(FaceSet unseen, ForgeryMix mix, int max) {
    List<FaceSample> photographs = unseen.photographs();
    SwapPartners partners = new SwapPartners(mix.swaps() ? photographs : List.of());
    for (int i = 0; i < Math.min(max, photographs.size()); i++) {
      RandomGenerator random = new SplittableRandom(SEED + 31L * i);
      FaceSample face = photographs.get(i);
      Forgery forgery = mix.draw(random);
      FaceSample donor = forgery.swaps() ? partners.near(face, random) : face;
      faces.add(face);
      pairs.add(FacePair.forged(face, forgery, donor, random));
    }
  }

  /** How many. */
  public int size() {
    return pairs.size();
  }

  /** All pairs through one degradation. */
  public Aligned degraded(VideoDegradation degradation) {
    return aligned(pair -> pair.degraded(degradation));
  }

  /** The real faces and the fakes of all pairs through one degradation. */
  public List<Labelled> labelled(VideoDegradation degradation) {
    Aligned aligned = degraded(degradation);
    List<Labelled> labelled = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      FaceSample face = faces.get(i);
      labelled.add(
          new Labelled(aligned.reals().get(i), false, FaceSet.REAL, face.video(), face.identity()));
      labelled.add(
          new Labelled(
              aligned.fakes().get(i), true, pairs.get(i).domain(), face.video(), face.identity()));
    }
    return labelled;
  }

  /** All pairs as training sees them at full strength, but for jitter. */
  public Aligned degraded(DegradationPolicy policy) {
    RandomGenerator random = new SplittableRandom(SEED);
    return aligned(pair -> pair.degraded(VideoDegradation.draw(policy, 1, random)));
  }

  /** The photographs changed by something, then degraded, and aligned. */
  public List<byte[]> changed(
      Function<FacePhotograph, GrayImage> change, VideoDegradation degradation) {
    List<byte[]> aligned = new ArrayList<>();
    for (FaceSample face : faces) {
      FacePhotograph photograph = face.photograph();
      LocatedFace located =
          new LocatedFace(change.apply(photograph), photograph.landmarks().five());
      aligned.add(AlignmentJitter.NONE.align(degradation.apply(located)));
    }
    return aligned;
  }

  private Aligned aligned(UnaryOperator<FacePair> degradation) {
    Aligned aligned = new Aligned(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (FacePair pair : pairs) {
      FacePair degraded = degradation.apply(pair);
      aligned.reals().add(AlignmentJitter.NONE.align(degraded.real()));
      aligned.fakes().add(AlignmentJitter.NONE.align(degraded.fake()));
      aligned.masks().add(pair.alignedMask(AlignmentJitter.NONE));
    }
    return aligned;
  }
}
