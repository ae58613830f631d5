package io.framewarden.trainer.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A safetensors file of float32 tensors: eight bytes with the header's length, a JSON header, the
 * values. Other tools can open a checkpoint, and nothing in it is ever executed.
 *
 * @param metadata free text by key, the header's {@code __metadata__}
 * @param tensors by name
 */
record TensorFile(Map<String, String> metadata, Map<String, Tensor> tensors) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final long MAX_HEADER_BYTES = 100L << 20;

  /** Values in row-major order. */
  record Tensor(long[] shape, float[] values) {}

  /** Writes the file beside its place and moves it there when all of it is on the disk. */
  void write(Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      writeTo(partial);
    } catch (IOException e) {
      // On a full disk, half a checkpoint would take the space that everything else needs.
      Files.deleteIfExists(partial);
      throw new IOException(
          "%s cannot be written (%s); the previous file is untouched. Free disk space, then resume"
              .formatted(file, e.getMessage()),
          e);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void writeTo(Path partial) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      byte[] header = JSON.writeValueAsBytes(header());
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      writeAll(channel, length.putLong(header.length).flip());
      writeAll(channel, ByteBuffer.wrap(header));
      for (Tensor tensor : tensors.values()) {
        writeAll(channel, bytes(tensor.values()));
      }
      channel.force(true);
    }
  }

  private ObjectNode header() {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode notes = header.putObject(METADATA);
    metadata.forEach(notes::put);
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long end = offset + (long) entry.getValue().values().length * Float.BYTES;
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", "F32");
      node.set("shape", JSON.valueToTree(entry.getValue().shape()));
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    return header;
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer;
  }

  private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or is no such file or not a whole one
   */
  static TensorFile read(Path file) throws IOException {
    return read(file, name -> true);
  }

  /** As {@link #read(Path)}, of the tensors of some names; what the others hold does not matter. */
  static TensorFile read(Path file, Predicate<String> wanted) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long headerLength = read(channel, 0, Long.BYTES, file).getLong();
      if (headerLength < 2 || headerLength > Math.min(MAX_HEADER_BYTES, channel.size())) {
        throw new IOException(file + " is not a safetensors file");
      }
      byte[] header = read(channel, Long.BYTES, (int) headerLength, file).array();
      return read(channel, Long.BYTES + headerLength, JSON.readTree(header), file, wanted);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not a safetensors file", e);
    }
  }

  private static TensorFile read(
      FileChannel channel, long start, JsonNode header, Path file, Predicate<String> wanted)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      JsonNode node = entry.getValue();
      if (entry.getKey().equals(METADATA)) {
        node.properties().forEach(note -> metadata.put(note.getKey(), note.getValue().asText()));
        continue;
      }
      if (!wanted.test(entry.getKey())) {
        continue;
      }
      if (!"F32".equals(node.path("dtype").asText())) {
        throw new IOException(
            file + ": tensor " + entry.getKey() + " is not float32; convert the file");
      }
      long from = node.path("data_offsets").path(0).asLong();
      int length = Math.toIntExact(node.path("data_offsets").path(1).asLong() - from);
      float[] values = new float[length / Float.BYTES];
      read(channel, start + from, length, file).asFloatBuffer().get(values);
      tensors.put(
          entry.getKey(), new Tensor(JSON.convertValue(node.get("shape"), long[].class), values));
    }
    return new TensorFile(metadata, tensors);
  }

  private static ByteBuffer read(FileChannel channel, long position, int length, Path file)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException(file + " ends early, after " + channel.size() + " bytes");
      }
    }
    return buffer.flip();
  }
}
