package io.framewarden.trainer.training;

import java.util.List;

/** The loss, or a part of it, is no longer a number: the run stops at its last good checkpoint. */
public final class NonFiniteLossException extends RuntimeException {

  private static final long serialVersionUID = 2;
  private static final int NAMED = 8;

  private final long step;
  private final String term;

  /** A term of a step's loss. */
  NonFiniteLossException(long step, String term, float value, List<String> samples) {
    this(
        "The loss's %s is %s at step %d, %s".formatted(term, value, step, named(samples)),
        step,
        term);
  }

  /** A value of the network itself, found when it was to be written. */
  NonFiniteLossException(long step, String parameter, float value) {
    this(
        "The network's %s holds %s after step %d".formatted(parameter, value, step),
        step,
        parameter);
  }

  private NonFiniteLossException(String what, long step, String term) {
    super(
        what
            + ". The last checkpoint is from before it: resume from it with a lower learning rate,"
            + " or without these faces.");
    this.step = step;
    this.term = term;
  }

  private static String named(List<String> samples) {
    String first = String.join(", ", samples.subList(0, Math.min(NAMED, samples.size())));
    return samples.size() > NAMED
        ? "on %s and %d more".formatted(first, samples.size() - NAMED)
        : "on " + first;
  }

  /** The step, from 0. */
  public long step() {
    return step;
  }

  /** Name of the term, or of the parameter. */
  public String term() {
    return term;
  }
}
