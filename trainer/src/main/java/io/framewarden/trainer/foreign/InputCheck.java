package io.framewarden.trainer.foreign;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Set;

/** Whether a foreign graph takes such faces. Stateless. */
final class InputCheck {
  private static final Set<Integer> FLOATS =
      Set.of(TensorProto.DataType.FLOAT_VALUE, TensorProto.DataType.FLOAT16_VALUE);

  private InputCheck() {}

  /**
   * Checks the type and shape of the graph's input.
   *
   * @param side in pixels; 0 for what the graph says
   * @return the side
   * @throws io.framewarden.trainer.publish.PublishException naming the remedy
   */
  static int side(ForeignGraph graph, int channels, int side) {
    if (!FLOATS.contains(graph.input().getType().getTensorType().getElemType())) {
      throw graph.refused(
          "its input "
              + graph.input().getName()
              + " takes no floats; export it with a float input");
    }
    if (graph.shape().getDimCount() != 4) {
      throw graph.refused(
          "its input has %d dimensions, not the 4 of (faces, channels, height, width)"
              .formatted(graph.shape().getDimCount()));
    }
    long[] known = graph.shape().getDimList().stream().mapToLong(d -> d.getDimValue()).toArray();
    if (known[1] > 0 && known[1] != channels) {
      throw graph.refused(
          known[3] == channels
              ? "takes channels last; export it with channels first (NCHW)"
              : "takes %d channels, not %d; say --input %s"
                  .formatted(known[1], channels, known[1] == 1 ? "gray" : "rgb or bgr"));
    }
    long wanted = side > 0 ? side : Math.max(known[2], known[3]);
    if (wanted == 0) {
      throw graph.refused("takes faces of any side; say --side with the one it was trained on");
    }
    if ((known[2] > 0 && known[2] != wanted) || (known[3] > 0 && known[3] != wanted)) {
      throw graph.refused(
          known[2] == known[3]
              ? "takes faces of %dx%d; say --side %d".formatted(known[3], known[2], known[2])
              : "takes faces of %dx%d; only squares are extracted".formatted(known[3], known[2]));
    }
    return (int) wanted;
  }
}
