package io.framewarden.trainer.training;

import java.util.Map;

/**
 * How far a run has come.
 *
 * @param step steps done, 1 after the first
 * @param of steps of the whole run
 * @param losses the terms of this step's loss by name, unweighted, with {@code total} the weighted
 *     sum
 * @param facesPerSecond over this run's steps since it was started or resumed
 */
public record TrainingProgress(
    long step, long of, Map<String, Float> losses, double facesPerSecond) {}
