package io.framewarden.extraction.face.onnx;

import io.framewarden.extraction.face.GrayImage;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MTCNN's P-Net: scores every window of 12 pixels of one pyramid level, two pixels apart. Owns its
 * network. One thread.
 */
final class ProposalNetwork implements AutoCloseable {
  private static final int STRIDE = 2;

  private final OnnxNetwork network;
  private final double minScore;

  /** Takes ownership of the network. */
  ProposalNetwork(OnnxNetwork network, double minScore) {
    this.network = network;
    this.minScore = minScore;
  }

  String digest() {
    return network.digest();
  }

  /**
   * The windows of one level of the pyramid that may hold a face.
   *
   * @param level at least 12 pixels along each side
   * @param scale searched pixels per pixel of the level
   */
  List<CandidateWindow> propose(GrayImage level, double scale) {
    FloatBuffer input = MtcnnInput.allocate(level.width() * level.height());
    MtcnnInput.put(input, 0, level.pixels());
    Map<String, float[]> outputs =
        network.run(input, 1, MtcnnInput.CHANNELS, level.height(), level.width());
    float[] classes = outputs.get("cls");
    float[] shifts = outputs.get("box");
    int cells = classes.length / 2;
    // Three convolutions of 3 and one halving that rounds up.
    int columns = (level.width() - 2 + 1) / STRIDE - 4;
    List<CandidateWindow> windows = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      float score = classes[cells + cell]; // class 1 is "face"
      if (score >= minScore) {
        double left = STRIDE * (cell % columns) * scale;
        double top = STRIDE * (cell / columns) * scale;
        double side = CandidateWindow.CELL * scale;
        CandidateWindow.Shift shift =
            new CandidateWindow.Shift(
                shifts[cell],
                shifts[cells + cell],
                shifts[2 * cells + cell],
                shifts[3 * cells + cell]);
        windows.add(new CandidateWindow(left, top, left + side, top + side, score, shift));
      }
    }
    return windows;
  }

  @Override
  public void close() {
    network.close();
  }
}
