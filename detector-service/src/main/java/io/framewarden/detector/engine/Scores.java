package io.framewarden.detector.engine;

import java.util.Arrays;
import java.util.List;

/**
 * The answers for one batch, in its order. Immutable; the arrays given to the constructor belong to
 * it from then on.
 */
public final class Scores {
  private final float[] logits;
  private final float[] attention;
  private final int attentionWidth;
  private final int attentionHeight;
  private final long transferNanos;

  /**
   * Answers whose transfer was not timed.
   *
   * @param logits [N]
   * @param attention [N, attentionHeight, attentionWidth], row-major
   */
  public Scores(float[] logits, float[] attention, int attentionWidth, int attentionHeight) {
    this(logits, attention, attentionWidth, attentionHeight, 0);
  }

  private Scores(
      float[] logits,
      float[] attention,
      int attentionWidth,
      int attentionHeight,
      long transferNanos) {
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
    this.transferNanos = transferNanos;
  }

  /**
   * These answers, timed.
   *
   * @param nanos what it took to bring the faces to the engine and the answers back
   */
  public Scores transferredIn(long nanos) {
    return new Scores(logits, attention, attentionWidth, attentionHeight, nanos);
  }

  /**
   * Nanoseconds of {@link #transferredIn}, added up where threads shared the batch; 0 where nobody
   * measured.
   */
  public long transferNanos() {
    return transferNanos;
  }

  /**
   * The answers of several batches as one, in their order.
   *
   * @param parts at least one, with maps of the same size
   */
  public static Scores concat(List<Scores> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    Scores like = parts.get(0);
    int size = parts.stream().mapToInt(Scores::size).sum();
    float[] logits = new float[size];
    float[] attention = new float[size * like.cells()];
    int at = 0;
    for (Scores part : parts) {
      if (part.attentionWidth != like.attentionWidth
          || part.attentionHeight != like.attentionHeight) {
        throw new IllegalArgumentException("maps of different sizes");
      }
      System.arraycopy(part.logits, 0, logits, at, part.size());
      System.arraycopy(part.attention, 0, attention, at * like.cells(), part.attention.length);
      at += part.size();
    }
    return new Scores(logits, attention, like.attentionWidth, like.attentionHeight)
        .transferredIn(parts.stream().mapToLong(Scores::transferNanos).sum());
  }

  /** The first {@code count} answers. */
  public Scores first(int count) {
    if (count == size()) {
      return this;
    }
    return new Scores(
        Arrays.copyOf(logits, count),
        Arrays.copyOf(attention, count * cells()),
        attentionWidth,
        attentionHeight,
        transferNanos);
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
