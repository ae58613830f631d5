package io.framewarden.ingest.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An object that was put into a bucket, as an event message tells of it: S3's own notifications,
 * version 2, which other S3 servers write too, the same within an SNS notification, and events of
 * EventBridge. Other events, of objects that are removed for example, tell of nothing to judge.
 *
 * @param key of the object, as S3 has it
 * @param version of the object; empty where the bucket has none, or the message tells of none
 */
public record S3ObjectCreated(String bucket, String key, String version) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEST = "s3:TestEvent";

  /** Other servers than AWS' write {@code s3:ObjectCreated:...}. */
  private static final String CREATED = "(s3:)?ObjectCreated:.*";

  private static final String BRIDGE_CREATED = "Object Created";

  /**
   * The objects of a message; none where it tells of other events only, or is the test that AWS
   * sends when notifications are set up.
   *
   * @throws InvalidEventException when the message is no S3 event
   */
  public static List<S3ObjectCreated> in(byte[] message) throws InvalidEventException {
    JsonNode root = parse(message == null ? new byte[0] : message);
    if (root.path("TopicArn").isTextual() && root.path("Type").isTextual()) {
      if (!"Notification".equals(root.get("Type").asText())) {
        return List.of(); // SNS asks to confirm a subscription
      }
      root = parse(root.path("Message").asText().getBytes(StandardCharsets.UTF_8));
    }
    if (TEST.equals(root.path("Event").asText())) {
      return List.of();
    }
    if (root.path("detail-type").isTextual() && root.path("detail").isObject()) {
      return bridged(root).stream().toList();
    }
    JsonNode records = root.path("Records");
    if (!records.isArray() || records.isEmpty()) {
      throw new InvalidEventException(
          FailureReason.UNREADABLE_MESSAGE,
          "the message has no Records, and is no EventBridge event: it is no S3 event");
    }
    List<S3ObjectCreated> objects = new ArrayList<>();
    for (JsonNode record : records) {
      created(record).ifPresent(objects::add);
    }
    return objects;
  }

  /** For messages to people: the object as a URI, its key not escaped. */
  @Override
  public String toString() {
    String uri = "s3://" + bucket + "/" + key;
    return version.isEmpty() ? uri : uri + " (version " + version + ")";
  }

  private static JsonNode parse(byte[] json) throws InvalidEventException {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new InvalidEventException(
          FailureReason.UNREADABLE_MESSAGE, "the message is no JSON, so no S3 event");
    }
  }

  private static Optional<S3ObjectCreated> created(JsonNode record) throws InvalidEventException {
    String event = required(record.path("eventName"), "eventName");
    if (!event.matches(CREATED)) {
      return Optional.empty();
    }
    JsonNode object = record.path("s3").path("object");
    return Optional.of(
        new S3ObjectCreated(
            required(record.path("s3").path("bucket").path("name"), "bucket"),
            decoded(required(object.path("key"), "key")),
            object.path("versionId").asText("")));
  }

  /** EventBridge does not encode keys. */
  private static Optional<S3ObjectCreated> bridged(JsonNode event) throws InvalidEventException {
    if (!BRIDGE_CREATED.equals(event.get("detail-type").asText())) {
      return Optional.empty();
    }
    JsonNode detail = event.get("detail");
    JsonNode object = detail.path("object");
    return Optional.of(
        new S3ObjectCreated(
            required(detail.path("bucket").path("name"), "bucket"),
            required(object.path("key"), "key"),
            object.path("version-id").asText("")));
  }

  private static String required(JsonNode text, String what) throws InvalidEventException {
    if (!text.isTextual() || text.asText().isEmpty()) {
      throw new InvalidEventException(
          FailureReason.INVALID_MESSAGE, "the event has no " + what + ", or one that is no text");
    }
    return text.asText();
  }

  /** Some servers do not encode keys; what cannot have been encoded is the key itself. */
  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return key;
    }
  }
}
