package io.framewarden.ingest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The API's document, held against answers; it notes what it has seen. */
final class OpenApiContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> METHODS =
      Set.of("get", "post", "put", "patch", "delete", "head", "options");

  private final JsonNode document;
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Set<String> seen = new TreeSet<>();

  OpenApiContract(JsonNode document) {
    this.document = document;
  }

  /** Every answer of the document, as "post /v1/videos 202". */
  Set<String> documented() {
    Set<String> all = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          operation
              .getValue()
              .get("responses")
              .fieldNames()
              .forEachRemaining(
                  status -> all.add(operation.getKey() + " " + path.getKey() + " " + status));
        }
      }
    }
    return all;
  }

  Set<String> seen() {
    return seen;
  }

  /**
   * Checks an answer.
   *
   * @param headers by name in lower case
   */
  void check(String method, String path, int status, Map<String, String> headers, String body)
      throws Exception {
    String what = method + " " + path + " " + status + " " + body;
    JsonNode responses = document.path("paths").path(path).path(method).path("responses");
    String key = Integer.toString(status);
    if (!responses.has(key)) {
      key = key.charAt(0) + "XX";
    }
    assertTrue(responses.has(key), "not in the document: " + what);
    seen.add(method + " " + path + " " + key);
    JsonNode response = resolved(responses.get(key));
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      checkHeader(header.getKey(), resolved(header.getValue()), headers, what);
    }
    if (!response.has("content")) {
      assertEquals("", body, what);
      return;
    }
    String type = headers.getOrDefault("content-type", "").replaceFirst(";.*", "");
    JsonNode content = response.get("content").get(type);
    assertTrue(content != null, "content type " + type + " of " + what);
    check(content.get("schema"), JSON.readTree(body), what);
  }

  private void checkHeader(String name, JsonNode header, Map<String, String> headers, String what) {
    Optional<String> value = Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    assertFalse(value.isEmpty() && header.path("required").asBoolean(), name + " of " + what);
    value.ifPresent(given -> check(header.get("schema"), TextNode.valueOf(given), name + what));
  }

  private void check(JsonNode schema, JsonNode value, String what) {
    ObjectNode root = schema.deepCopy();
    root.set("components", document.get("components"));
    JsonSchema compiled = schemas.getSchema(root);
    assertEquals(Set.of(), compiled.validate(value), what);
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }
}
