package io.framewarden.ingest.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An object that was put into a bucket, as an S3 event message tells of it: AWS' format, version 2,
 * which other S3 servers write too.
 *
 * @param key of the object, decoded
 */
public record S3ObjectCreated(String bucket, String key) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEST = "s3:TestEvent";

  /** Other servers than AWS' write {@code s3:ObjectCreated:...}. */
  private static final String CREATED = "(s3:)?ObjectCreated:.*";

  /**
   * The objects of a message; none for the test that AWS sends when notifications are set up.
   *
   * @throws InvalidEventException when the message is none, or tells of something else
   */
  public static List<S3ObjectCreated> in(byte[] message) throws InvalidEventException {
    JsonNode root = parse(message);
    if (TEST.equals(root.path("Event").asText())) {
      return List.of();
    }
    JsonNode records = root.path("Records");
    if (!records.isArray() || records.isEmpty()) {
      throw new InvalidEventException(
          FailureReason.UNREADABLE_MESSAGE, "the message has no Records: it is no S3 event");
    }
    List<S3ObjectCreated> objects = new ArrayList<>();
    for (JsonNode record : records) {
      objects.add(object(record));
    }
    return objects;
  }

  /** Where the object is; what is not allowed in a URI is escaped. */
  public URI uri() throws InvalidEventException {
    try {
      return new URI("s3", bucket, "/" + key, null, null);
    } catch (URISyntaxException e) {
      throw new InvalidEventException(
          FailureReason.INVALID_MESSAGE, "its bucket and key make no URI: " + e.getReason());
    }
  }

  private static JsonNode parse(byte[] message) throws InvalidEventException {
    try {
      return JSON.readTree(message == null ? new byte[0] : message);
    } catch (IOException e) {
      throw new InvalidEventException(
          FailureReason.UNREADABLE_MESSAGE, "the message is no JSON, so no S3 event");
    }
  }

  private static S3ObjectCreated object(JsonNode record) throws InvalidEventException {
    String name = record.path("eventName").asText();
    if (!name.matches(CREATED)) {
      throw new InvalidEventException(
          FailureReason.INVALID_MESSAGE, "the event is " + name + ", not ObjectCreated");
    }
    String bucket = record.path("s3").path("bucket").path("name").asText();
    String key = record.path("s3").path("object").path("key").asText();
    if (bucket.isEmpty() || key.isEmpty()) {
      throw new InvalidEventException(
          FailureReason.INVALID_MESSAGE, "the event names no bucket, or no key");
    }
    try {
      return new S3ObjectCreated(bucket, URLDecoder.decode(key, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new InvalidEventException(
          FailureReason.INVALID_MESSAGE, "the event's key is not URL-encoded");
    }
  }
}
