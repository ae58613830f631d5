package io.framewarden.ingest.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.testkit.s3.S3TestServer;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoUpload;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** S3 events about objects on a real server. */
class S3EventHandlerTest {
  private static final String SOURCES = "incoming-videos";

  @RegisterExtension final S3TestServer server = new S3TestServer();
  @TempDir Path folder;
  private final List<VideoUpload> published = new ArrayList<>();
  private Path video;
  private VideoFetcher fetcher;
  private S3EventHandler handler;

  @BeforeEach
  void open() throws Exception {
    video = SyntheticVideo.emptyRoom(folder.resolve("made.mp4"), 64, 48, 5, 1);
    server.client().createBucket(bucket -> bucket.bucket(SOURCES));
    fetcher =
        new VideoFetcher(
            new FetchConfig(
                List.of(URI.create("s3://" + SOURCES + "/videos/")),
                Duration.ofMinutes(1),
                StoreConfig.from(new Settings(server.variables(Map.of())))));
    handler =
        new S3EventHandler(
            fetcher,
            RecordingSubmissions.into(new FileObjectStore(folder.resolve("objects")), published));
  }

  @AfterEach
  void close() {
    fetcher.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "videos/a.mp4",
        "videos/2026/my holiday+größe&co.mp4",
        "videos/100%.mp4",
        "videos/%2e.mp4",
        "videos/a%20b.mp4",
        "videos/?#.mp4"
      })
  void anObjectThatWasCreatedIsAnUpload(String key) throws Exception {
    put(SOURCES, key, Files.readAllBytes(video));
    handler.handle(message(record("ObjectCreated:Put", SOURCES, key)));
    VideoUpload upload = published.get(0);
    assertEquals(Sha256.of(video), upload.getContentSha256());
    assertEquals("s3:" + SOURCES, upload.getSubmitter());
    assertEquals(key.substring(key.lastIndexOf('/') + 1), upload.getFileName());
    handler.handle(message(record("s3:ObjectCreated:CompleteMultipartUpload", SOURCES, key)));
    assertEquals(1, published.size(), "the message came again");
  }

  @Test
  void whatTheOwnerCallsAnObjectGoesWithIt() throws Exception {
    putWith(Map.of("user", "u".repeat(256)), "videos/d.mp4");
    assertEquals(
        FailureReason.INVALID_MESSAGE,
        refusal(record("ObjectCreated:Put", SOURCES, "videos/d.mp4")));
    Map<String, String> metadata =
        Map.of("external-id", "order-17", "user", "u-4", "post", "p/9", "x", "else");
    putWith(metadata, "videos/a.mp4");
    handler.handle(message(record("ObjectCreated:Put", SOURCES, "videos/a.mp4")));
    assertEquals(
        CallerReference.newBuilder()
            .setExternalId("order-17")
            .setUser("u-4")
            .setPost("p/9")
            .build(),
        published.get(0).getReference());
    putWith(Map.of("external-id", "order-18"), "videos/b.mp4");
    handler.handle(message(record("ObjectCreated:Put", SOURCES, "videos/b.mp4")));
    assertEquals(2, published.size(), "the same bytes under another id");
    putWith(Map.of("x", "else"), "videos/c.mp4");
    handler.handle(message(record("ObjectCreated:Put", SOURCES, "videos/c.mp4")));
    assertFalse(published.get(2).hasReference());
  }

  private void putWith(Map<String, String> metadata, String key) {
    server.client().putObject(put -> put.bucket(SOURCES).key(key).metadata(metadata), video);
  }

  @Test
  void theTestOfAwsIsNoUpload() throws Exception {
    handler.handle(
        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}"
            .getBytes(StandardCharsets.UTF_8));
    assertTrue(published.isEmpty());
  }

  @Test
  void whatMayNotBeFetchedIsNotThoughItIsThere() throws Exception {
    byte[] content = Files.readAllBytes(video);
    put(SOURCES, "private/a.mp4", content);
    put(S3TestServer.BUCKET, "videos/a.mp4", content);
    assertEquals(
        FailureReason.SOURCE_NOT_ALLOWED,
        refusal(record("ObjectCreated:Put", SOURCES, "private/a.mp4")));
    assertEquals(
        FailureReason.SOURCE_NOT_ALLOWED,
        refusal(record("ObjectCreated:Put", S3TestServer.BUCKET, "videos/a.mp4")));
    // To S3 these are names, but the server at hand resolves the dots.
    for (String key :
        List.of(
            "videos/../private/a.mp4",
            "videos/./../private/a.mp4",
            "videos//../private/a.mp4",
            "/videos/a.mp4")) {
      assertEquals(
          FailureReason.SOURCE_NOT_ALLOWED,
          refusal(record("ObjectCreated:Put", SOURCES, key)),
          key);
    }
    assertEquals(
        FailureReason.SOURCE_MISSING,
        refusal(record("ObjectCreated:Put", SOURCES, "videos/%2e%2e/private/a.mp4")));
    assertEquals(
        FailureReason.SOURCE_NOT_ALLOWED,
        refusal(record("ObjectCreated:Put", SOURCES + "/videos", "a.mp4")));
  }

  @Test
  void theRestHasAReasonEach() throws Exception {
    put(SOURCES, "videos/list.mp4", "#EXTM3U\n/etc/passwd\n".getBytes(StandardCharsets.UTF_8));
    put(SOURCES, "videos/big.mp4", big());
    assertEquals(
        FailureReason.PLAYLIST, refusal(record("ObjectCreated:Put", SOURCES, "videos/list.mp4")));
    assertEquals(
        FailureReason.TOO_LARGE, refusal(record("ObjectCreated:Put", SOURCES, "videos/big.mp4")));
    assertEquals(
        FailureReason.SOURCE_MISSING, refusal(record("ObjectCreated:Put", SOURCES, "videos/gone")));
    assertEquals(FailureReason.INVALID_MESSAGE, refusal("{}"));
    String noKey =
        record("ObjectCreated:Put", SOURCES, "key").replace("\"key\":\"key\"", "\"key\":null");
    assertEquals(FailureReason.INVALID_MESSAGE, refusal(noKey));
  }

  @Test
  void otherEventsArePassedOver() throws Exception {
    put(SOURCES, "videos/a.mp4", Files.readAllBytes(video));
    for (String event :
        List.of(
            "ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated", "ObjectTagging:Put")) {
      handler.handle(message(record(event, SOURCES, "videos/a.mp4")));
    }
    handler.handle(bridged("Object Deleted", "videos/a.mp4", ""));
    handler.handle(
        bytes("{\"Type\":\"SubscriptionConfirmation\",\"TopicArn\":\"a\",\"Message\":\"x\"}"));
    assertTrue(published.isEmpty());
  }

  @Test
  void eventsComeThroughSnsAndEventBridgeAsWell() throws Exception {
    String key = "videos/100%+ a.mp4";
    put(SOURCES, key, Files.readAllBytes(video));
    handler.handle(notification(message(record("ObjectCreated:Put", SOURCES, key))));
    assertEquals(1, published.size());
    published.clear();
    put(SOURCES, key, Files.readAllBytes(SyntheticVideo.emptyRoom(video, 64, 48, 5, 2)));
    handler.handle(bridged("Object Created", key, ""));
    assertEquals(1, published.size());
    published.clear();
    put(SOURCES, key, Files.readAllBytes(SyntheticVideo.emptyRoom(video, 64, 48, 5, 3)));
    handler.handle(notification(bridged("Object Created", key, "")));
    assertEquals(1, published.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not json", "[]", "{\"Records\":[]}", "{\"Records\":7}", "{\"a\":"})
  void whatIsNoEventIsUnreadable(String message) {
    InvalidEventException refused =
        assertThrows(
            InvalidEventException.class,
            () -> handler.handle(message.getBytes(StandardCharsets.UTF_8)));
    assertEquals(FailureReason.UNREADABLE_MESSAGE, refused.reason());
  }

  @Test
  void aBadObjectDoesNotKeepTheOthersOfItsMessageOut() throws Exception {
    put(SOURCES, "videos/a.mp4", Files.readAllBytes(video));
    byte[] message =
        message(
            record("ObjectCreated:Put", SOURCES, "videos/gone"),
            record("ObjectCreated:Put", SOURCES, "videos/a.mp4"));
    assertThrows(InvalidEventException.class, () -> handler.handle(message));
    assertEquals(1, published.size());
  }

  private FailureReason refusal(String record) {
    InvalidEventException refused =
        assertThrows(InvalidEventException.class, () -> handler.handle(message(record)), record);
    assertTrue(published.isEmpty());
    return refused.reason();
  }

  /** Begins as the video does, but is larger than an upload may be. */
  private byte[] big() throws Exception {
    return Arrays.copyOf(Files.readAllBytes(video), (1 << 20) + 1);
  }

  private void put(String bucket, String key, byte[] content) {
    server.client().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content));
  }

  private static byte[] message(String... records) {
    return bytes("{\"Records\":[" + String.join(",", records) + "]}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] notification(byte[] message) {
    return bytes(
        JsonNodeFactory.instance
            .objectNode()
            .put("Type", "Notification")
            .put("TopicArn", "arn:aws:sns:eu-west-1:1:videos")
            .put("Message", new String(message, StandardCharsets.UTF_8))
            .toString());
  }

  /** As EventBridge has it: with the key as it is. */
  private static byte[] bridged(String type, String key, String version) {
    ObjectNode event =
        JsonNodeFactory.instance.objectNode().put("source", "aws.s3").put("detail-type", type);
    ObjectNode detail = event.putObject("detail");
    detail.putObject("bucket").put("name", SOURCES);
    detail.putObject("object").put("key", key).put("version-id", version);
    return bytes(event.toString());
  }

  private static String record(String event, String bucket, String key) {
    return """
    {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1",
     "eventTime":"2026-01-01T00:00:00.000Z","eventName":"%s",
     "s3":{"s3SchemaVersion":"1.0","bucket":{"name":"%s","arn":"arn:aws:s3:::b"},
     "object":{"key":"%s","size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e"}}}\
    """
        .formatted(event, bucket, URLEncoder.encode(key, StandardCharsets.UTF_8));
  }
}
