package io.framewarden.trainer.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scores of one run of an ablation: what its {@code scores.json} says.
 *
 * @param variant key of its row
 * @param seed of weights, batches and pseudo-fakes
 * @param steps done in training
 * @param tested the faces that it was evaluated on
 * @param heldOut on the kinds that training did not see
 * @param seen on the kinds that training saw; null when no test face is of them
 * @param domains on each kind
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AblationScores(
    String variant,
    long seed,
    long steps,
    TestSet tested,
    GroupMetrics heldOut,
    GroupMetrics seen,
    SortedMap<String, GroupMetrics> domains,
    Diagnostics diagnostics) {

  public AblationScores {
    domains = new TreeMap<>(domains);
  }

  /**
   * Which faces a run was evaluated on; two runs compare only where this is the same.
   *
   * @param digest SHA-256 of all pixels, labels and domains in order
   * @param seen kinds that training saw
   * @param heldOut kinds of the test faces that training did not see
   */
  public record TestSet(
      String digest, int reals, int fakes, List<String> seen, List<String> heldOut) {}

  /**
   * Metrics on some fakes against all real faces.
   *
   * @param blurAuc what the blur baseline reaches on the same faces
   * @param blurEer likewise
   */
  public record GroupMetrics(double auc, double eer, double blurAuc, double blurEer) {}

  /**
   * What may explain why a run wins or loses. A part that the network does not have is null.
   *
   * @param maskMean M_df averaged over channels, cells and test faces, 0..1
   * @param maskOverCells standard deviation of M_df over a face's cells, averaged over faces
   * @param maskOverFaces standard deviation over faces of M_df's mean over cells
   * @param jsd I_JSD, which is -L_dec: at most 0, and -2 log 2 where T has learnt nothing; this and
   *     the losses are means over training's last steps
   * @param total the weighted sum; rows sum different terms
   * @param bce unweighted
   * @param lastSteps over how many steps these are means; 0 when the run kept no log
   * @param seconds in training, by the log's speeds
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Diagnostics(
      Double maskMean,
      Double maskOverCells,
      Double maskOverFaces,
      Double jsd,
      Double total,
      Double bce,
      int lastSteps,
      Double seconds) {}
}
