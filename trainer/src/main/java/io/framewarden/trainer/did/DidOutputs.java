package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What a training pass of the network computes, for n faces. Filled by {@link DidNetwork#train} and
 * not changed after it. The arrays belong to the manager of the faces that went in.
 */
public final class DidOutputs {

  private final NDArray logits;
  private final NDArray forged;

  /** Where the backbone's backward pass goes on; null without gradient checkpointing. */
  private final CheckpointedFeatures checkpoints;

  /** Null in the plain baseline. */
  private NDArray attention;

  /** Null in the plain baseline. */
  private NDArray rest;

  /** Null without the domain branch. */
  private NDArray domainLogits;

  /** Null without the mask head. */
  private NDArray maskLogits;

  /** Null without the estimator. */
  private NDArray joint;

  /** Null without the estimator, and without marginal pairs. */
  private NDArray marginal;

  /**
   * The outputs of the plain baseline, which the parts that a network has besides add to.
   *
   * @param checkpoints null without gradient checkpointing
   */
  DidOutputs(NDArray logits, NDArray forged, CheckpointedFeatures checkpoints) {
    this.logits = logits;
    this.forged = forged;
    this.checkpoints = checkpoints;
  }

  void setDecomposition(NDArray mask, NDArray untouched) {
    attention = mask;
    rest = untouched;
  }

  void setDomainLogits(NDArray logitsOfDomains) {
    domainLogits = logitsOfDomains;
  }

  void setMaskLogits(NDArray logitsOfCells) {
    maskLogits = logitsOfCells;
  }

  void setEstimates(NDArray ofJoint, NDArray ofMarginal) {
    joint = ofJoint;
    marginal = ofMarginal;
  }

  /** C(I_df), (n); P(fake) is their sigmoid. */
  public NDArray logits() {
    return logits;
  }

  /** I_df = M_df * I_X, (n, c, h, w); the whole I_X in the plain baseline. */
  public NDArray forged() {
    return forged;
  }

  /** M_df, (n, c, h, w) within 0..1; empty in the plain baseline. */
  public Optional<NDArray> attention() {
    return Optional.ofNullable(attention);
  }

  /** I_os = (1 - M_df) * I_X, (n, c, h, w); empty in the plain baseline. */
  public Optional<NDArray> rest() {
    return Optional.ofNullable(rest);
  }

  /** C_bar(I_dom), (n, k + 1); empty without the domain branch. */
  public Optional<NDArray> domainLogits() {
    return Optional.ofNullable(domainLogits);
  }

  /** What the mask head says of each cell, (n, 1, h, w); empty without one. */
  public Optional<NDArray> maskLogits() {
    return Optional.ofNullable(maskLogits);
  }

  /** T on I_df and I_os of one face, (n); empty without the estimator. */
  public Optional<NDArray> joint() {
    return Optional.ofNullable(joint);
  }

  /** T on I_df of a face and I_os of another, (n); empty without one or the other. */
  public Optional<NDArray> marginal() {
    return Optional.ofNullable(marginal);
  }

  /**
   * Adds the gradient of a loss on these outputs to every parameter that it depends on, and frees
   * what was kept for that.
   */
  public void backward(NDArray loss) {
    GradientMode.backward(loss);
    if (checkpoints != null) {
      checkpoints.backward();
    }
  }
}
