package io.framewarden.detector.release.compare;

/**
 * How the shadow model's scores compare with the active model's.
 *
 * @param videos with frames that both have scored
 * @param onlyShadow frames without a score of the active model in the range
 * @param failed frames that the shadow model could not score
 * @param differences shadow minus active
 */
public record ScoreComparison(
    int videos, long onlyShadow, long failed, ScoreDifferences differences) {}
