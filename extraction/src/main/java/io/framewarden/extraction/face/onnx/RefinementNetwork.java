package io.framewarden.extraction.face.onnx;

import io.framewarden.extraction.face.AffineSampler;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * MTCNN's R-Net or O-Net: scores square windows, all in one batch. Owns its network. One thread.
 */
final class RefinementNetwork implements AutoCloseable {
  private final OnnxNetwork network;
  private final int side;

  /**
   * Takes ownership of the network.
   *
   * @param side of the network's input, pixels
   */
  RefinementNetwork(OnnxNetwork network, int side) {
    this.network = network;
    this.side = side;
  }

  String digest() {
    return network.digest();
  }

  /** The outputs for square windows, in their order; no outputs for no windows. */
  Map<String, float[]> run(AffineSampler sampler, List<CandidateWindow> windows) {
    if (windows.isEmpty()) {
      return Map.of();
    }
    int plane = side * side;
    FloatBuffer input = MtcnnInput.allocate(windows.size() * plane);
    for (int i = 0; i < windows.size(); i++) {
      CandidateWindow window = windows.get(i);
      byte[] pixels = sampler.square(window.left(), window.top(), window.width(), side);
      MtcnnInput.put(input, i, pixels);
    }
    return network.run(input, windows.size(), MtcnnInput.CHANNELS, side, side);
  }

  @Override
  public void close() {
    network.close();
  }
}
