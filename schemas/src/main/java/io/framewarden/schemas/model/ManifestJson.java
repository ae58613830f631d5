package io.framewarden.schemas.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.v1.PixelFormat;
import java.io.IOException;

/**
 * Reads and writes {@code manifest.json} and the golden logits. Unknown, missing and repeated keys
 * are refused, but for an input's format, and so is anything after the object. Stateless.
 */
final class ManifestJson {
  private static final String EXTRACTIONS = "extractions";
  private static final String NOT_DETECTED = "notDetected";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ManifestJson() {}

  static byte[] write(ModelManifest manifest) {
    try {
      return MAPPER.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest cannot be written", e);
    }
  }

  /** Reads a manifest; one without {@code extractions} or {@code notDetected} has none. */
  static ModelManifest read(byte[] json) throws IOException {
    ObjectNode manifest = MAPPER.readValue(json, ObjectNode.class);
    if (!manifest.has(EXTRACTIONS)) {
      manifest.putArray(EXTRACTIONS);
    }
    if (!manifest.hasNonNull(NOT_DETECTED)) {
      manifest.put(NOT_DETECTED, "");
    }
    if (manifest.path("input") instanceof ObjectNode input && !input.has("format")) {
      input.put(
          "format", FaceShape.name(PixelFormat.GRAY8)); // what all took before there were others
    }
    return MAPPER.treeToValue(manifest, ModelManifest.class);
  }

  static double[] readLogits(byte[] json) throws IOException {
    return MAPPER.readValue(json, double[].class);
  }

  static byte[] writeLogits(double[] logits) {
    try {
      return MAPPER.writeValueAsBytes(logits);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("logits cannot be written", e);
    }
  }
}
