package io.framewarden.trainer.evaluation;

/**
 * A 95 % confidence interval.
 *
 * @param low the 2.5 % quantile of the resampled metric
 * @param high the 97.5 % quantile
 */
public record Interval(double low, double high) {}
