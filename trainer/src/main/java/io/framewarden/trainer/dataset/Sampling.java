package io.framewarden.trainer.dataset;

/** How the faces of a batch are drawn from those to train on. */
public enum Sampling {
  /**
   * Every face as often as any other, each by itself, as in the paper: a batch has as many fakes to
   * a real face as the archives do, and may lack a class. Of the archives' own faces only.
   */
  UNIFORM,
  /**
   * In pairs of a real face and a fake, of the same face where the fake is made of it: a batch is
   * half real, and every forgery method is as frequent as the recipe says.
   */
  BALANCED
}
