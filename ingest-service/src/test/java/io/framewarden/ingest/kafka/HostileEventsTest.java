package io.framewarden.ingest.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.sources.S3EventHandler;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadLimits;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.hostile.Canary;
import io.framewarden.testkit.s3.S3TestServer;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** S3 event messages by somebody who means harm, as far as their dead letters. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class HostileEventsTest {
  private static final String BUCKET = "incoming-videos";
  private static final String NOT_ALLOWED = "source_not_allowed";
  private static final String INVALID = "invalid_message";
  private static final String MISSING = "source_missing";

  @RegisterExtension final S3TestServer s3 = new S3TestServer();
  @TempDir Path folder;
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<VideoUpload> published = new ArrayList<>();
  private byte[] video;
  private Canary canary;
  private VideoFetcher fetcher;
  private S3EventRecordHandler handler;

  @BeforeEach
  void open() throws Exception {
    video = Files.readAllBytes(SyntheticVideo.emptyRoom(folder.resolve("made.mp4"), 64, 48, 5, 1));
    canary = new Canary(folder.resolve("canary.mp4"));
    s3.client().createBucket(bucket -> bucket.bucket(BUCKET));
    put(BUCKET, "videos/a.mp4");
    put(S3TestServer.BUCKET, "videos/a.mp4");
    fetcher =
        new VideoFetcher(
            new FetchConfig(
                List.of(URI.create("s3://" + BUCKET + "/")),
                Duration.ofMinutes(1),
                StoreConfig.from(new Settings(s3.variables(Map.of())))));
    CollectorRegistry registry = new CollectorRegistry();
    UploadService uploads =
        new UploadService(
            new FileObjectStore(folder.resolve("objects")),
            published::add,
            new UploadLimits(1 << 20),
            registry);
    handler =
        new S3EventRecordHandler(
            new S3EventHandler(fetcher, new SubmissionService(uploads, new VideoStatusIndex()))
                ::handle,
            new DeadLetters(registry),
            () -> true,
            new S3EventRecordHandler.Backoff(Duration.ZERO, Duration.ZERO));
  }

  @AfterEach
  void nothingWasTouched() throws Exception {
    boolean touched = canary.isTouched();
    fetcher.close();
    canary.close();
    assertFalse(touched, "the canary was touched");
  }

  /**
   * As they stand in the message, which has keys URL-encoded. To S3 they are names like others, and
   * no object has them.
   */
  @Test
  void keysThatClimbNameNoObject() throws Exception {
    for (String key :
        List.of(
            "/etc/passwd",
            "%2Fetc%2Fpasswd",
            "videos/..",
            "%252e%252e/x",
            "videos%252f..%252fx",
            "a%00.mp4",
            "%zz",
            "videos/",
            "k".repeat(1025),
            "%FF",
            "a%0D%0AX-Evil:+1%1B[2J")) {
      assertEquals(MISSING, refusal(event("ObjectCreated:Put", BUCKET, key)), key);
    }
    for (String key : List.of("../../x", "..%2F..%2Fx", "videos/../../" + S3TestServer.BUCKET)) {
      assertEquals(NOT_ALLOWED, refusal(event("ObjectCreated:Put", BUCKET, key)), key);
    }
    assertEquals(INVALID, refusal(event("ObjectCreated:Put", BUCKET, "")));
  }

  @Test
  void bucketsThatOnlyLookAllowedAreDeadLetters() throws Exception {
    for (String bucket :
        List.of(
            S3TestServer.BUCKET,
            BUCKET + "." + S3TestServer.BUCKET,
            BUCKET + ":80",
            BUCKET + "/videos",
            BUCKET + "?",
            BUCKET + "#",
            "127.0.0.1:" + canary.port(),
            BUCKET + "\r\nX-Evil: 1",
            "user:pw@" + BUCKET,
            BUCKET + "@" + S3TestServer.BUCKET,
            "b".repeat(3000))) {
      assertEquals(
          NOT_ALLOWED, refusal(event("ObjectCreated:Put", bucket, "videos/a.mp4")), bucket);
    }
    assertEquals(INVALID, refusal(event("ObjectCreated:Put", "", "videos/a.mp4")));
  }

  @Test
  void whatIsOddInAnEventIsWrittenOutAndCutInItsDeadLetter() throws Exception {
    String evil = "x\r\nframewarden.reason: fine\0\u001b]0;t\u0007\u009b\u202e\ud800";
    assertEquals(NOT_ALLOWED, refusal(event("ObjectCreated:Put", evil, "videos/a.mp4")));
    String message = header("framewarden.message");
    assertTrue(
        message.contains(
            "x\\u000d\\u000aframewarden.reason: fine\\u0000\\u001b]0;t\\u0007\\u009b\\u202e"),
        message);
    assertEquals(
        NOT_ALLOWED, refusal(event("ObjectCreated:Put", evil.repeat(10_000), "videos/a.mp4")));
    assertEquals(1000, header("framewarden.message").length());
    byte[] noUtf8 =
        event("ObjectCreated:Put", BUCKET, "videos/\u00e9").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("unreadable_message", refusal(noUtf8));
  }

  /** The key turns a line around where it is a file's name, not where it is a key. */
  @Test
  void anObjectWithAnOddKeyIsTakenUnderAHarmlessName() throws Exception {
    String key = "videos/b\u202e4pm." + "n".repeat(200) + ".mp4";
    put(BUCKET, key);
    handle(
        event("ObjectCreated:Put", BUCKET, URLEncoder.encode(key, StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(), producer.history());
    assertEquals("b4pm." + "n".repeat(200) + ".mp4", published.get(0).getFileName());
  }

  private String refusal(String message) throws Exception {
    return refusal(message.getBytes(StandardCharsets.UTF_8));
  }

  /** The reason of the one dead letter, which must be harmless itself and hold the message. */
  private String refusal(byte[] message) throws Exception {
    producer.clear();
    handle(message);
    assertEquals(1, producer.history().size(), new String(message, StandardCharsets.UTF_8));
    ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
    assertEquals(Topics.DEAD_LETTERS.name(), letter.topic());
    assertEquals(message.length, letter.value().length);
    for (Header header : letter.headers()) {
      String text = new String(header.value(), StandardCharsets.UTF_8);
      assertFalse(text.matches("(?s).*[\\p{Cc}\\p{Cf}].*"), header.key() + ": " + text);
      assertTrue(text.length() <= 1000, header.key());
    }
    assertEquals(List.of(), published);
    return header("framewarden.reason");
  }

  private String header(String name) {
    Header header = producer.history().get(0).headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private void handle(byte[] message) throws Exception {
    handler.handle(
        new ConsumerRecord<>("events", 0, 0, null, message), new RecordPublisher(producer));
  }

  private void put(String bucket, String key) {
    s3.client().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(video));
  }

  private static String event(String name, String bucket, String key) {
    ObjectNode record = JsonNodeFactory.instance.objectNode().put("eventName", name);
    record.putObject("s3").putObject("bucket").put("name", bucket);
    record.withObject("/s3").putObject("object").put("key", key);
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.putArray("Records").add(record);
    return message.toString();
  }
}
