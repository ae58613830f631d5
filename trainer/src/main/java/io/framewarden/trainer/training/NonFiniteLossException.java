package io.framewarden.trainer.training;

/** The loss, or a part of it, is no longer a number: the run stops at its last good checkpoint. */
public final class NonFiniteLossException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final long step;
  private final String term;

  NonFiniteLossException(long step, String term, float value) {
    super(
        ("The term %s of the loss is %s at step %d. The last checkpoint is from before it; go on from"
                + " it with a lower learning rate, or look for a broken face in this step's batch.")
            .formatted(term, value, step));
    this.step = step;
    this.term = term;
  }

  /** The step, from 0. */
  public long step() {
    return step;
  }

  /** Name of the term. */
  public String term() {
    return term;
  }
}
