package io.framewarden.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.v1.CallerReference;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Collects what a request calls its video in the words of the caller's system, and checks it: it is
 * kept as it is, or refused. One request, one thread.
 */
final class ReferenceReader {
  static final String EXTERNAL_ID = "external_id";
  static final String USER = "user";
  static final String POST = "post";

  /** Before the key of an entry of metadata, in query parameters and tus metadata. */
  static final String METADATA = "metadata.";

  private static final int MAX_ID_BYTES = 255;
  private static final int MAX_ENTRIES = 16;
  private static final int MAX_VALUE_BYTES = 512;

  /** Keys and values; what is percent-encoded still fits into the headers that a server takes. */
  private static final int MAX_BYTES = 2048;

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final CallerReference.Builder reference = CallerReference.newBuilder();
  private int bytes;

  /** What the query says. */
  static CallerReference query(Context context) throws ApiException {
    ReferenceReader reader = new ReferenceReader();
    for (Map.Entry<String, List<String>> parameter : context.queryParamMap().entrySet()) {
      if (isPart(parameter.getKey())) {
        if (parameter.getValue().size() > 1) {
          throw RequestReader.malformed(parameter.getKey() + " is given more than once");
        }
        reader.add(parameter.getKey(), parameter.getValue().get(0));
      }
    }
    return reader.read();
  }

  /** What a JSON object says; names are those of query parameters, or those of the answer. */
  static CallerReference json(JsonNode body) throws ApiException {
    ReferenceReader reader = new ReferenceReader();
    reader.add(EXTERNAL_ID, text(body, body.has("externalId") ? "externalId" : EXTERNAL_ID));
    reader.add(USER, text(body, USER));
    reader.add(POST, text(body, POST));
    JsonNode metadata = body.path("metadata");
    if (!metadata.isObject() && !metadata.isMissingNode() && !metadata.isNull()) {
      throw RequestReader.malformed("metadata must be an object of strings");
    }
    for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
      if (!entry.getValue().isTextual()) {
        throw RequestReader.malformed("metadata must be an object of strings");
      }
      reader.add(METADATA + entry.getKey(), entry.getValue().asText());
    }
    return reader.read();
  }

  /** Whether a name is of something that is collected here. */
  static boolean isPart(String name) {
    return name.equals(EXTERNAL_ID)
        || name.equals(USER)
        || name.equals(POST)
        || name.startsWith(METADATA);
  }

  /**
   * Adds one part.
   *
   * @param name one that {@link #isPart}
   * @param value an empty one is as none
   * @throws ApiException when it is too long, or no text that can be shown
   */
  void add(String name, String value) throws ApiException {
    boolean isMetadata = name.startsWith(METADATA);
    if (isMetadata && !KEY.matcher(name.substring(METADATA.length())).matches()) {
      throw RequestReader.malformed("a key of metadata has 1 to 64 of A-Z a-z 0-9 _ . and -");
    }
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    int longest = isMetadata ? MAX_VALUE_BYTES : MAX_ID_BYTES;
    if (length > longest) {
      throw RequestReader.malformed(name + " has at most " + longest + " bytes of UTF-8");
    }
    if (!value.codePoints().allMatch(ReferenceReader::isPrintable)) {
      throw RequestReader.malformed(name + " must be UTF-8 text without control characters");
    }
    bytes += length;
    switch (name) {
      case EXTERNAL_ID -> reference.setExternalId(value);
      case USER -> reference.setUser(value);
      case POST -> reference.setPost(value);
      default -> putMetadata(name.substring(METADATA.length()), value);
    }
  }

  /**
   * All that was added; the default instance where nothing was.
   *
   * @throws ApiException when it is too much
   */
  CallerReference read() throws ApiException {
    if (reference.getMetadataCount() > MAX_ENTRIES) {
      throw RequestReader.malformed("metadata has at most " + MAX_ENTRIES + " entries");
    }
    if (bytes > MAX_BYTES) {
      throw RequestReader.malformed(
          "external_id, user, post and metadata have at most "
              + MAX_BYTES
              + " bytes of UTF-8 together, keys included");
    }
    return reference.build();
  }

  private void putMetadata(String key, String value) {
    bytes += key.length();
    if (!value.isEmpty()) {
      reference.putMetadata(key, value);
    }
  }

  private static String text(JsonNode body, String name) throws ApiException {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw RequestReader.malformed(name + " must be a string");
    }
    return value.asText();
  }

  /** Bytes that are no UTF-8 have become replacement characters on their way here. */
  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      case Character.FORMAT -> point == 0x200C || point == 0x200D; // joiners, of scripts and emoji
      default -> point != 0xFFFD;
    };
  }
}
