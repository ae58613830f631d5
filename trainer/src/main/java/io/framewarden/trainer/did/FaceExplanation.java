package io.framewarden.trainer.did;

import java.util.Optional;

/**
 * What a network makes of one face on the way to its logit. Vectors are global averages of feature
 * maps, c values; maps are h * w values, row by row. The arrays are shared, not copied.
 */
public final class FaceExplanation {

  private final float logit;
  private final float[] backbone;
  private final float[] forged;
  private final float[] attention;
  private final float[] forgedCam;

  /** Null without a domain branch. */
  private final Domain domain;

  /**
   * What the domain branch makes of the face.
   *
   * @param features average of I_dom
   * @param logits C_bar(I_dom), k + 1 values, index 0 for real
   * @param attention M_dom averaged over channels, within 0..1; all ones without A_dom
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

  /** An explanation by a network without a domain branch. */
  public FaceExplanation(
      float logit, float[] backbone, float[] forged, float[] attention, float[] forgedCam) {
    this(logit, backbone, forged, attention, forgedCam, null);
  }

  private FaceExplanation(
      float logit,
      float[] backbone,
      float[] forged,
      float[] attention,
      float[] forgedCam,
      Domain domain) {
    this.logit = logit;
    this.backbone = backbone;
    this.forged = forged;
    this.attention = attention;
    this.forgedCam = forgedCam;
    this.domain = domain;
  }

  /** This explanation with the domain branch's part. */
  public FaceExplanation withDomain(Domain part) {
    return new FaceExplanation(logit, backbone, forged, attention, forgedCam, part);
  }

  /** C(I_df). */
  public float logit() {
    return logit;
  }

  /** Average of I_X. */
  public float[] backbone() {
    return backbone;
  }

  /** Average of I_df. */
  public float[] forged() {
    return forged;
  }

  /** M_df averaged over channels, within 0..1; all ones in the plain baseline. */
  public float[] attention() {
    return attention;
  }

  /** h = w of the maps. */
  public int mapSide() {
    return (int) Math.round(Math.sqrt(attention.length));
  }

  /** Grad-CAM of the fake logit on I_df, within 0..1 of its own maximum. */
  public float[] forgedCam() {
    return forgedCam;
  }

  /** What the domain branch makes of the face; empty without one. */
  public Optional<Domain> domain() {
    return Optional.ofNullable(domain);
  }
}
