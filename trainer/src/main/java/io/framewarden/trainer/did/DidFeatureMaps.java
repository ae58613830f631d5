package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * The feature maps of n faces and what the attentions make of them, each (n, c, h, w). The arrays
 * belong to the manager of the faces that went in.
 *
 * @param features I_X
 * @param mask M_df; absent in the plain baseline
 * @param forged I_df; I_X itself in the plain baseline
 * @param domainMask M_dom; absent without the domain branch
 * @param domain I_dom; absent without the domain branch
 */
record DidFeatureMaps(
    NDArray features,
    Optional<NDArray> mask,
    NDArray forged,
    Optional<NDArray> domainMask,
    Optional<NDArray> domain) {}
