package io.framewarden.trainer.publish;

import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.List;
import java.util.Map;

/**
 * How a model does on people that training never saw.
 *
 * @param evaluation its metrics
 * @param conditions scored faces by size and encoding; none where no pseudo-fakes are made
 * @param people scored faces by group, as {@code gender=Female}; none where nothing is known
 */
public record HeldOut(
    Evaluation evaluation,
    Map<String, List<ScoredFace>> conditions,
    Map<String, List<ScoredFace>> people) {}
