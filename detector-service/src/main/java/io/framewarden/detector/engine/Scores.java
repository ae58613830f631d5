package io.framewarden.detector.engine;

/**
 * The answers for one batch, in its order. Immutable; the arrays given to the constructor belong to
 * it from then on.
 */
public final class Scores {
  private final float[] logits;
  private final float[] attention;
  private final int attentionWidth;
  private final int attentionHeight;

  /**
   * @param logits [N]
   * @param attention [N, attentionHeight, attentionWidth], row-major
   */
  public Scores(float[] logits, float[] attention, int attentionWidth, int attentionHeight) {
    if (attention.length != logits.length * attentionWidth * attentionHeight) {
      throw new IllegalArgumentException(
          attention.length
              + " attention values are not "
              + logits.length
              + " maps of "
              + attentionWidth
              + "x"
              + attentionHeight);
    }
    this.logits = logits;
    this.attention = attention;
    this.attentionWidth = attentionWidth;
    this.attentionHeight = attentionHeight;
  }

  /** N. */
  public int size() {
    return logits.length;
  }

  /** The raw logit of face {@code index}: higher means more likely fake; may be NaN. */
  public double logit(int index) {
    return logits[index];
  }

  /** One value of face {@code index}'s map, in [0, 1] for a sound model; {@code cell} row-major. */
  public float attention(int index, int cell) {
    if (cell < 0 || cell >= cells()) {
      throw new IndexOutOfBoundsException("cell " + cell + " of " + cells());
    }
    return attention[index * cells() + cell];
  }

  /** Values in one map. */
  public int cells() {
    return attentionWidth * attentionHeight;
  }

  public int attentionWidth() {
    return attentionWidth;
  }

  public int attentionHeight() {
    return attentionHeight;
  }
}
