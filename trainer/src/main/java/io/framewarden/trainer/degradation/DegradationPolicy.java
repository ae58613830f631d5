package io.framewarden.trainer.degradation;

/**
 * How often and how much faces are degraded. The standard numbers cover what real uploads show:
 * faces of 56 to 224 pixels, most of them through H.264.
 *
 * @param share of the pairs that are degraded at all
 * @param h264 share of those that go through H.264
 * @param poor share of those with the history of poor video: small re-encodes, chains of codecs
 *     with rescaling, enlarged webcams
 * @param minFaceWidth smallest width of the face in the video, pixels
 * @param maxFaceWidth largest width of the face in the video, pixels
 * @param minQuantiser smallest quantiser of H.264
 * @param maxQuantiser largest quantiser of H.264, at most 51
 * @param warmup part of a training's steps over which it grows to its strength
 */
public record DegradationPolicy(
    double share,
    double h264,
    double poor,
    double minFaceWidth,
    double maxFaceWidth,
    int minQuantiser,
    int maxQuantiser,
    double warmup) {

  /**
   * @throws IllegalArgumentException naming the number that makes no sense
   */
  public DegradationPolicy {
    checkShare("the share of degraded pairs", share);
    checkShare("the share of H.264", h264);
    checkShare("the share of poor video", poor);
    checkShare("the warmup's part of the steps", warmup);
    if (!(minFaceWidth >= 16 && minFaceWidth <= maxFaceWidth && maxFaceWidth <= 1024)) {
      throw new IllegalArgumentException(
          "a face is 16 to 1024 pixels wide, the smallest first, not %s to %s"
              .formatted(minFaceWidth, maxFaceWidth));
    }
    if (!(minQuantiser >= 1 && minQuantiser <= maxQuantiser && maxQuantiser <= 51)) {
      throw new IllegalArgumentException(
          "a quantiser is 1 to 51, the smallest first, not %s to %s"
              .formatted(minQuantiser, maxQuantiser));
    }
  }

  /** What video on the web looks like. */
  public static DegradationPolicy standard() {
    return new DegradationPolicy(0.9, 0.7, 0.25, 56, 224, 18, 38, 0.15);
  }

  /**
   * How strong degradation is at a step: 0 at the first, 1 when the warmup is over.
   *
   * @param steps of the whole training
   */
  public double strength(long step, long steps) {
    double over = warmup * steps;
    return step >= over ? 1 : step / over;
  }

  private static void checkShare(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " is 0 to 1, not " + value);
    }
  }
}
