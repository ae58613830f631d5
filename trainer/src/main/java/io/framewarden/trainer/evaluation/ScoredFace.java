package io.framewarden.trainer.evaluation;

/**
 * One face with its score.
 *
 * @param logit the model's raw output; higher means more likely fake
 * @param domain forgery method, {@code real} for real faces
 * @param video the video or photograph it comes from
 * @param blur the blur baseline's score of the same pixels, see {@link BlurBaseline}
 */
public record ScoredFace(double logit, boolean fake, String domain, String video, double blur) {}
