package io.framewarden.trainer.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.framewarden.trainer.degradation.DegradationPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run's batches are made of its archives' faces.
 *
 * @param forge relative frequencies of the kinds of forgery of pseudo-fakes that are made from
 *     photographs; empty for the archives' own fakes only
 * @param holdOut domains that training must not see, and metrics are given on separately
 * @param augmentation what happens to faces on their way into a batch
 * @param degradation how faces are degraded, where the augmentation does
 */
public record DataRecipe(
    Map<String, Double> forge,
    List<String> holdOut,
    Augmentation augmentation,
    DegradationPolicy degradation) {

  /**
   * @throws IllegalArgumentException naming the kind that does not exist or the weight that is not
   *     positive
   */
  public DataRecipe {
    forge = new ForgeryMix(new LinkedHashMap<>(forge)).weights();
    holdOut = List.copyOf(holdOut);
  }

  /** The standard mix, nothing held out, everything degraded as video is. */
  public static DataRecipe small() {
    return new DataRecipe(
        ForgeryMix.standard().weights(),
        List.of(),
        Augmentation.FULL,
        DegradationPolicy.standard());
  }

  /** The paper's: the data set's own fakes, no augmentation of any kind. */
  public static DataRecipe paper() {
    return new DataRecipe(Map.of(), List.of(), Augmentation.NONE, DegradationPolicy.standard());
  }

  /** The kinds that are made for training: none that is held out. */
  @JsonIgnore
  public ForgeryMix mix() {
    return new ForgeryMix(forge).without(holdOut);
  }

  /** The same without pseudo-fakes. */
  public DataRecipe withoutForging() {
    return new DataRecipe(Map.of(), holdOut, augmentation, degradation);
  }
}
