package io.framewarden.detector.engine;

import io.framewarden.detector.TinyModel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * TinyModel's definition in plain Java, with what a test needs: faces that it answers with NaN, and
 * the sizes of the batches it saw.
 */
public final class FakeEngine implements InferenceEngine {
  private static final int CELLS = 7;
  private static final int CELL = TinyModel.SIDE / CELLS;

  private final Predicate<byte[]> poison;
  private final List<Integer> batchSizes = new java.util.ArrayList<>();
  private boolean closed;
  private volatile String breakdown;

  public FakeEngine() {
    this(face -> false);
  }

  public FakeEngine(Predicate<byte[]> poison) {
    this.poison = poison;
  }

  /** Sizes of the batches since the last call of this method. */
  public List<Integer> takeBatchSizes() {
    List<Integer> sizes = List.copyOf(batchSizes);
    batchSizes.clear();
    return sizes;
  }

  /** From now on every call fails with this message. */
  public void breakDown(String message) {
    breakdown = message;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Precision precision() {
    return Precision.FP32;
  }

  @Override
  public Scores score(FaceBatch batch) {
    if (breakdown != null) {
      throw new InferenceException(breakdown);
    }
    batch.requireShape(TinyModel.SHAPE);
    batchSizes.add(batch.size());
    float[] logits = new float[batch.size()];
    float[] attention = new float[batch.size() * CELLS * CELLS];
    for (int i = 0; i < logits.length; i++) {
      byte[] face = batch.faces().get(i).toByteArray();
      logits[i] = poison.test(face) ? Float.NaN : (float) TinyModel.logit(face);
      for (int cell = 0; cell < CELLS * CELLS; cell++) {
        attention[i * CELLS * CELLS + cell] = attention(face, cell);
      }
    }
    return new Scores(logits, attention, CELLS, CELLS);
  }

  @Override
  public void close() {
    closed = true;
  }

  private static float attention(byte[] face, int cell) {
    double sum = 0;
    for (int y = 0; y < CELL; y++) {
      int row = (cell / CELLS * CELL + y) * TinyModel.SIDE + cell % CELLS * CELL;
      for (byte value : Arrays.copyOfRange(face, row, row + CELL)) {
        sum += value & 0xff;
      }
    }
    return (float) (1 / (1 + Math.exp(-(sum / (CELL * CELL) - 128) / 32)));
  }
}
