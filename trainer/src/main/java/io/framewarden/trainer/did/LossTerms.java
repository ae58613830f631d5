package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * A loss and what it is the sum of.
 *
 * @param total what is minimised, a scalar
 * @param terms its unweighted terms by name, scalars, in a fixed order
 */
public record LossTerms(NDArray total, Map<String, NDArray> terms) {}
