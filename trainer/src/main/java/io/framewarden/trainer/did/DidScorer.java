package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;

/**
 * Scores faces with a trained network as the exported graph would: running statistics, no
 * gradients. Used by the network's one thread; the network stays the caller's.
 */
public final class DidScorer {

  /** Faces in one pass: more bring no speed on a CPU, only memory. */
  private static final int CHUNK = 32;

  private final DidNetwork network;

  /** A scorer on a network. */
  public DidScorer(DidNetwork network) {
    this.network = network;
  }

  /**
   * Scores faces.
   *
   * @param faces any number of square gray8 faces of one side
   * @throws IllegalArgumentException naming a face of another size
   */
  public FaceScores score(byte[][] faces) {
    float[] logits = new float[faces.length];
    float[][] attention = new float[faces.length][];
    try (GradientMode disabled = GradientMode.disable()) {
      for (int from = 0; from < faces.length; from += CHUNK) {
        scoreChunk(faces, from, Math.min(faces.length, from + CHUNK), logits, attention);
      }
    }
    return new FaceScores(logits, attention, network.mapSide());
  }

  private void scoreChunk(byte[][] faces, int from, int to, float[] logits, float[][] attention) {
    try (NDManager chunk = network.manager().newSubManager()) {
      NDArray x = FaceTensors.of(chunk, faces, from, to);
      DidNetwork.Inference<NDArray> result = network.infer(x);
      System.arraycopy(result.logits().toFloatArray(), 0, logits, from, to - from);
      float[] maps = result.attention().toFloatArray();
      int cells = network.mapSide() * network.mapSide();
      for (int i = from; i < to; i++) {
        int start = (i - from) * cells;
        attention[i] = Arrays.copyOfRange(maps, start, start + cells);
      }
    }
  }
}
