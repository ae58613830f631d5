package io.framewarden.trainer.foreign;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.framewarden.trainer.publish.PublishException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Brings weights that an exporter put into files of their own into the graph, since an artifact's
 * graph is one file. Only files beside the graph are read.
 *
 * @param graph the ONNX file
 */
record ExternalData(Path graph) implements UnaryOperator<TensorProto> {

  /**
   * The tensor with its values in it.
   *
   * @throws PublishException when the file is missing, too short or lies elsewhere
   */
  @Override
  public TensorProto apply(TensorProto tensor) {
    if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL) {
      return tensor;
    }
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    Path folder = graph.toAbsolutePath().getParent();
    Path file = folder.resolve(entries.getOrDefault("location", "")).normalize();
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      throw new PublishException(
          graph
              + ": its weights are in "
              + entries.get("location")
              + ", which is not beside it; put that file there, or export in one file"
              + " (torch.onnx.export(..., external_data=False), onnx.save_model)");
    }
    try {
      return tensor.toBuilder()
          .clearExternalData()
          .clearDataLocation()
          .setRawData(read(file, entries))
          .build();
    } catch (IOException | NumberFormatException e) {
      throw new PublishException(
          file
              + ": does not hold the weights of "
              + graph
              + " ("
              + e.getMessage()
              + "); copy both again, or export in one file");
    }
  }

  private static ByteString read(Path file, Map<String, String> entries) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long from = Long.parseLong(entries.getOrDefault("offset", "0"));
      long length =
          entries.containsKey("length")
              ? Long.parseLong(entries.get("length"))
              : channel.size() - from;
      if (from < 0 || length < 0 || length > Integer.MAX_VALUE || from + length > channel.size()) {
        throw new IOException("it has " + channel.size() + " bytes");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) length);
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
        // goes on where it stopped
      }
      return ByteString.copyFrom(bytes.flip());
    }
  }
}
