package io.framewarden.ingest.face.onnx;

import io.framewarden.ingest.face.PictureSampler;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** MTCNN's R-Net or O-Net: judges square windows, all in one batch. Owns its network. */
final class WindowNetwork implements AutoCloseable {
  private final OnnxNetwork network;
  private final int side;

  /**
   * Takes the network over.
   *
   * @param side of the network's input, pixels
   */
  WindowNetwork(OnnxNetwork network, int side) {
    this.network = network;
    this.side = side;
  }

  String digest() {
    return network.digest();
  }

  /** The outputs for square windows, in their order; no outputs for no windows. */
  Map<String, float[]> run(PictureSampler sampler, List<Window> windows) {
    if (windows.isEmpty()) {
      return Map.of();
    }
    int plane = side * side;
    FloatBuffer input = GrayInput.allocate(windows.size() * plane);
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      byte[] pixels = sampler.square(window.left(), window.top(), window.width(), side);
      GrayInput.put(input, i, pixels);
    }
    return network.run(input, windows.size(), GrayInput.CHANNELS, side, side);
  }

  @Override
  public void close() {
    network.close();
  }
}
