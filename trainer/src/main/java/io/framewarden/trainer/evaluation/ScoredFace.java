package io.framewarden.trainer.evaluation;

/**
 * One face with its score.
 *
 * @param logit the model's raw output; higher means more likely fake
 * @param domain forgery method, {@code real} for real faces
 * @param video the video or photograph it comes from
 * @param identity the person, or the source where nobody knows the person: the faces that a
 *     bootstrap draws together, because they say nothing independent of each other
 * @param blur the blur baseline's score of the same pixels, see {@link BlurBaseline}
 */
public record ScoredFace(
    double logit, boolean fake, String domain, String video, String identity, double blur) {}
