package io.framewarden.detector.release;

/**
 * The right to score one batch with a model. While a lease is open its model stays open, even when
 * another one has taken its place in the {@link ModelSlot}; closing the last lease of a model that
 * was replaced closes the model. Acquired, used and closed by one thread.
 */
public final class ModelLease implements AutoCloseable {
  private final LoadedModel model;
  private Runnable release;

  /**
   * @param release what to do when the lease is closed, once
   */
  ModelLease(LoadedModel model, Runnable release) {
    this.model = model;
    this.release = release;
  }

  /** The model; only for as long as this is open. */
  public LoadedModel model() {
    return model;
  }

  /** Gives the model back; nothing happens the second time. */
  @Override
  public void close() {
    Runnable pending = release;
    release = () -> {};
    pending.run();
  }
}
