package io.framewarden.detector.engine.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What a probe found, as one line of JSON on its standard output.
 *
 * @param works whether the engine scored the golden faces as it should
 * @param detail the engine's own name when it works, else why it does not
 */
record ProbeResult(boolean works, String detail) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARKER = "framewardenProbe";
  private static final int FORMAT = 1;

  String toLine() {
    ObjectNode node = JSON.createObjectNode();
    node.put(MARKER, FORMAT).put("works", works).put("detail", detail);
    return node.toString();
  }

  /** The result among lines that native libraries may have printed too. */
  static Optional<ProbeResult> findIn(List<String> lines) {
    return lines.stream().map(ProbeResult::of).flatMap(Optional::stream).findFirst();
  }

  private static Optional<ProbeResult> of(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node == null || node.path(MARKER).asInt() != FORMAT || !node.path("works").isBoolean()) {
        return Optional.empty();
      }
      return Optional.of(
          new ProbeResult(node.get("works").booleanValue(), node.path("detail").asText()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
