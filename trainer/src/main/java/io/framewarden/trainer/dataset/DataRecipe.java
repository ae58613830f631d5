package io.framewarden.trainer.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run's batches are made of its archives' faces.
 *
 * @param forge relative frequencies of the kinds of forgery of pseudo-fakes that are made from real
 *     faces; empty for the archives' own fakes only
 * @param holdOut domains that training must not see, and metrics are given on separately
 * @param augmentation what happens to faces on their way into a batch
 * @param balanceSharpness whether half of the real faces are brought to their fake's sharpness, so
 *     that blur is a poor cue
 */
public record DataRecipe(
    Map<String, Double> forge,
    List<String> holdOut,
    Augmentation augmentation,
    boolean balanceSharpness) {

  /**
   * @throws IllegalArgumentException naming the kind that does not exist or the weight that is not
   *     positive
   */
  public DataRecipe {
    forge = new ForgeryMix(new LinkedHashMap<>(forge)).weights();
    holdOut = List.copyOf(holdOut);
  }

  /** The mix of every kind, nothing held out, everything that helps a small model. */
  public static DataRecipe small() {
    return new DataRecipe(ForgeryMix.standard().weights(), List.of(), Augmentation.FULL, true);
  }

  /** The paper's: the data set's own fakes, no augmentation of any kind. */
  public static DataRecipe paper() {
    return new DataRecipe(Map.of(), List.of(), Augmentation.NONE, false);
  }

  /** The kinds that are made for training: none that is held out. */
  @JsonIgnore
  public ForgeryMix mix() {
    return new ForgeryMix(forge).without(holdOut);
  }
}
