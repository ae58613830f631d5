package io.framewarden.trainer.dataset;

import io.framewarden.trainer.degradation.AlignmentJitter;
import io.framewarden.trainer.degradation.DegradationPolicy;
import io.framewarden.trainer.degradation.VideoDegradation;
import io.framewarden.trainer.evaluation.BlurBaseline;
import io.framewarden.trainer.evaluation.ScoreSet;
import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.forgery.Forgery;
import io.framewarden.trainer.image.BandEnergies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What the pseudo-fakes of a kind look like, and in what they differ from their real faces besides
 * the forgery: for people to look at before and after a training.
 *
 * @param kind the kind's name
 * @param pairs how many pairs the numbers are of
 * @param change fake minus real, the mean over the pairs of each of {@link BandEnergies#of}
 * @param lowest the 5 % quantile of the same
 * @param highest the 95 % quantile of the same
 * @param blurAuc AUC of the blur baseline on the pairs, aligned
 * @param degradedBlurAuc the same after degradation
 * @param samples some of the pairs
 */
public record KindStudy(
    String kind,
    int pairs,
    List<Double> change,
    List<Double> lowest,
    List<Double> highest,
    double blurAuc,
    double degradedBlurAuc,
    List<Sample> samples) {
  private static final long SEED = 20_260_103;
  private static final int SAMPLES = 8;

  /**
   * A pair, aligned: before and after degradation.
   *
   * @param mask the forged pixels
   */
  public record Sample(
      byte[] real, byte[] mask, byte[] fake, byte[] degradedReal, byte[] degradedFake) {}

  /**
   * A study of each kind, always the same.
   *
   * @param max photographs to make pairs of, at most
   * @param policy of degradation
   * @return none where there are no photographs
   */
  public static List<KindStudy> of(
      FaceSet faces, List<String> kinds, int max, DegradationPolicy policy) {
    List<FaceSample> photographs = faces.photographs();
    if (photographs.isEmpty()) {
      return List.of();
    }
    SwapPartners partners = new SwapPartners(photographs);
    List<KindStudy> studies = new ArrayList<>();
    for (String kind : kinds) {
      Forgery forgery = Forgeries.named(kind);
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < Math.min(max, photographs.size()); i++) {
        RandomGenerator random = new SplittableRandom(SEED + 31L * i + kind.hashCode());
        FaceSample face = photographs.get(i);
        FaceSample donor = forgery.swaps() ? partners.near(face, random) : face;
        FacePair pair = FacePair.forged(face, forgery, donor, random);
        samples.add(sample(pair, pair.degraded(VideoDegradation.draw(policy, 1, random))));
      }
      studies.add(of(kind, samples));
    }
    return List.copyOf(studies);
  }

  private static Sample sample(FacePair pair, FacePair degraded) {
    AlignmentJitter exact = AlignmentJitter.NONE;
    return new Sample(
        exact.align(pair.real()),
        pair.alignedMask(exact),
        exact.align(pair.fake()),
        exact.align(degraded.real()),
        exact.align(degraded.fake()));
  }

  private static KindStudy of(String kind, List<Sample> samples) {
    int values = BandEnergies.BANDS.size() + 1;
    double[][] changes = new double[values][samples.size()];
    double[] blur = new double[2 * samples.size()];
    double[] degraded = new double[blur.length];
    boolean[] fake = new boolean[blur.length];
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      double[] real = BandEnergies.of(sample.real());
      double[] forged = BandEnergies.of(sample.fake());
      for (int value = 0; value < values; value++) {
        changes[value][i] = forged[value] - real[value];
      }
      blur[2 * i] = BlurBaseline.score(sample.real());
      blur[2 * i + 1] = BlurBaseline.score(sample.fake());
      degraded[2 * i] = BlurBaseline.score(sample.degradedReal());
      degraded[2 * i + 1] = BlurBaseline.score(sample.degradedFake());
      fake[2 * i + 1] = true;
    }
    List<Double> means = new ArrayList<>();
    List<Double> lowest = new ArrayList<>();
    List<Double> highest = new ArrayList<>();
    for (double[] change : changes) {
      Arrays.sort(change);
      means.add(Arrays.stream(change).average().orElse(0));
      lowest.add(change[(int) (0.05 * (change.length - 1))]);
      highest.add(change[(int) Math.ceil(0.95 * (change.length - 1))]);
    }
    return new KindStudy(
        kind,
        samples.size(),
        List.copyOf(means),
        List.copyOf(lowest),
        List.copyOf(highest),
        ScoreSet.of(blur, fake).auc().orElseThrow(),
        ScoreSet.of(degraded, fake).auc().orElseThrow(),
        List.copyOf(samples.subList(0, Math.min(SAMPLES, samples.size()))));
  }
}
