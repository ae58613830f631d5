package io.framewarden.trainer.backbone;

/** A nonlinearity that stands before what it belongs to, as in the blocks of Xception. */
public final class NonlinearLayer extends Layer {

  private final Nonlinearity kind;

  /** A layer of one kind. */
  public NonlinearLayer(Nonlinearity kind) {
    this.kind = kind;
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    return operations.nonlinearity(kind, x);
  }
}
