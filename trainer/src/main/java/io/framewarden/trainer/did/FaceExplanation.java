package io.framewarden.trainer.did;

import java.util.Optional;

/**
 * What a network makes of one face on the way to its logit. Vectors are global averages of feature
 * maps, c values; maps are h * w values, row by row.
 *
 * @param logit C(I_df)
 * @param backbone average of I_X
 * @param forged average of I_df
 * @param attention M_df averaged over channels, within 0..1; all ones in the plain baseline
 * @param forgedCam Grad-CAM of the fake logit on I_df, within 0..1 of its own maximum
 * @param domain what the domain branch says; absent without one
 * @param mapSide h = w
 */
public record FaceExplanation(
    float logit,
    float[] backbone,
    float[] forged,
    float[] attention,
    float[] forgedCam,
    Optional<Domain> domain,
    int mapSide) {

  /**
   * The domain branch's part.
   *
   * @param features average of I_dom
   * @param logits C_bar(I_dom), k + 1 values, index 0 for real
   * @param attention M_dom averaged over channels, within 0..1
   * @param cam Grad-CAM of the highest domain logit on I_dom, within 0..1 of its own maximum
   */
  public record Domain(float[] features, float[] logits, float[] attention, float[] cam) {

    /** The index of the highest logit. */
    public int predicted() {
      int best = 0;
      for (int i = 1; i < logits.length; i++) {
        best = logits[i] > logits[best] ? i : best;
      }
      return best;
    }
  }
}
