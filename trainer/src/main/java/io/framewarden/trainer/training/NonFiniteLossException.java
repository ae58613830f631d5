package io.framewarden.trainer.training;

import java.util.List;

/**
 * The loss, or a part of it, is no longer a number: the run stops at its last good checkpoint. The
 * message ends with what to do, which differs at step 0: nothing was learnt then.
 */
public final class NonFiniteLossException extends RuntimeException {

  private static final long serialVersionUID = 2;
  private static final int NAMED = 8;

  private static final String LOWER_THE_RATE =
      "The last checkpoint is from before it: resume from it with a lower learning rate, or without"
          + " these faces.";

  private static final String LOOK_AT_THE_INPUT =
      "Nothing was learnt before it, so the learning rate is not the cause. Start the same command"
          + " again in an empty folder: the first step is the same each time. If it breaks again,"
          + " look at these faces, the weights that the run began with and the weights of the loss;"
          + " if it does not, the engine or the machine was at fault, not the data.";

  private final long step;
  private final String term;

  /** A term of a step's loss. */
  public NonFiniteLossException(long step, String term, float value, List<String> samples) {
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
    super(what + ". " + (step == 0 ? LOOK_AT_THE_INPUT : LOWER_THE_RATE));
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
