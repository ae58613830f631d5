package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;

/**
 * The feature maps of n faces and what the attention A_df makes of them, each (n, c, h, w). The
 * arrays belong to the manager of the faces that went in.
 *
 * @param features I_X
 * @param mask M_df, within 0..1; 1 everywhere in the plain baseline
 * @param forged I_df; I_X itself in the plain baseline
 */
record DidFeatureMaps(NDArray features, NDArray mask, NDArray forged) {

  /**
   * What the domain branch makes of the rest I_os = I_X - I_df.
   *
   * @param mask M_dom, within 0..1; 1 everywhere without A_dom
   * @param features I_dom; I_os itself without A_dom
   */
  record Domain(NDArray mask, NDArray features) {}
}
