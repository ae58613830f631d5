package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What a training pass of the network computes, for n faces. The arrays belong to the manager of
 * the faces that went in.
 *
 * @param logits C(I_df), (n); P(fake) is their sigmoid
 * @param attention M_df, (n, c, h, w) within 0..1; absent in the plain baseline
 * @param forged I_df = M_df * I_X, (n, c, h, w); the whole I_X in the plain baseline
 * @param rest I_os = (1 - M_df) * I_X, (n, c, h, w); absent in the plain baseline
 * @param domainLogits C_bar(I_dom), (n, k + 1); absent without the domain branch
 * @param joint T on I_df and I_os of one face, (n); absent without the estimator
 * @param marginal T on I_df of a face and I_os of another, (n); absent without the estimator
 * @param checkpoints where the backbone's backward pass goes on, with gradient checkpointing
 */
public record DidOutputs(
    NDArray logits,
    Optional<NDArray> attention,
    NDArray forged,
    Optional<NDArray> rest,
    Optional<NDArray> domainLogits,
    Optional<NDArray> joint,
    Optional<NDArray> marginal,
    Optional<CheckpointedFeatures> checkpoints) {

  /**
   * Adds the gradient of a loss on these outputs to every parameter that it depends on, and frees
   * what was kept for that.
   */
  public void backward(NDArray loss) {
    GradientMode.backward(loss);
    checkpoints.ifPresent(CheckpointedFeatures::backward);
  }
}
