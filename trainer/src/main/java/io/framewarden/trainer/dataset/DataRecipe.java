package io.framewarden.trainer.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.framewarden.trainer.degradation.AlignmentJitter;
import io.framewarden.trainer.degradation.DegradationPolicy;
import io.framewarden.trainer.training.BatchSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How a run's batches are made of its archives' faces.
 *
 * @param forge relative frequencies of the kinds of forgery of pseudo-fakes that are made from
 *     photographs; empty for the archives' own fakes only
 * @param holdOut domains that training must not see, and metrics are given on separately
 * @param sampling how batches are drawn; where a stored recipe does not say, it is from when all
 *     were balanced
 * @param augmentation what happens to faces on their way into a batch
 * @param degradation how faces are degraded, where the augmentation does
 */
public record DataRecipe(
    Map<String, Double> forge,
    List<String> holdOut,
    Sampling sampling,
    Augmentation augmentation,
    DegradationPolicy degradation) {

  /**
   * @throws IllegalArgumentException naming the kind that does not exist or the weight that is not
   *     positive, or where pseudo-fakes are to be drawn uniformly
   */
  public DataRecipe {
    forge = new ForgeryMix(new LinkedHashMap<>(forge)).weights();
    holdOut = List.copyOf(holdOut);
    sampling = sampling == null ? Sampling.BALANCED : sampling;
    if (sampling == Sampling.UNIFORM && !forge.isEmpty()) {
      throw new IllegalArgumentException(
          "uniform sampling draws from the archives' own faces, and a pseudo-fake only exists"
              + " beside its real face: forge none, or sample balanced");
    }
  }

  /** The standard mix, nothing held out, everything degraded as video is. */
  public static DataRecipe small() {
    return new DataRecipe(
        ForgeryMix.standard().weights(),
        List.of(),
        Sampling.BALANCED,
        Augmentation.FULL,
        DegradationPolicy.standard());
  }

  /** The paper's: the data set's own faces, drawn uniformly, no augmentation of any kind. */
  public static DataRecipe paper() {
    return new DataRecipe(
        Map.of(), List.of(), Sampling.UNIFORM, Augmentation.NONE, DegradationPolicy.standard());
  }

  /** The kinds that are made for training: none that is held out. */
  @JsonIgnore
  public ForgeryMix mix() {
    return new ForgeryMix(forge).without(holdOut);
  }

  /** The same without pseudo-fakes. */
  public DataRecipe withoutForging() {
    return with(Map.of(), holdOut);
  }

  /** The same with other kinds of pseudo-fakes and other domains held out. */
  public DataRecipe with(Map<String, Double> kinds, List<String> domains) {
    return new DataRecipe(kinds, domains, sampling, augmentation, degradation);
  }

  /**
   * The batches of a training split: with pseudo-fakes, with its own labelled fakes, or with both.
   *
   * @param batch faces in a batch, at least 2
   * @param steps of the whole training, over a part of which degradation grows
   * @param seed decides with the step what is in a batch
   * @throws DatasetException when the split has not what the recipe asks for
   */
  public BatchSource batches(FaceSet train, Domains domains, int batch, long steps, long seed) {
    return switch (sampling) {
      case UNIFORM -> UniformBatchSource.of(train, this, domains, batch, steps, seed);
      case BALANCED -> BalancedBatchSource.of(train, this, domains, batch, steps, seed);
    };
  }

  /** How a face, or both of a pair, are shifted and mirrored. */
  AlignmentJitter jitter(RandomGenerator random) {
    return augmentation == Augmentation.NONE ? AlignmentJitter.NONE : AlignmentJitter.draw(random);
  }
}
