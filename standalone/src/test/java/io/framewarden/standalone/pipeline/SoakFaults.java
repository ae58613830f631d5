package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.schemas.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** What goes wrong around a service: wrong clients, events and records, a full disk, a full CPU. */
final class SoakFaults implements AutoCloseable {
  private static final String GARBAGE = "garbage ";
  private static final int BUSY_THREADS = 6;
  private static final long FULL_MILLIS = 2_000;
  private static final long KEPT_FREE = 2 << 20;
  private static final List<String> TOPICS =
      List.of(
          Topics.VIDEO_UPLOADS.name(),
          Topics.FACE_FRAMES.name(),
          Topics.VIDEO_MARKERS.name(),
          Topics.FRAME_SCORES.name());
  private static final String EVENT =
      """
      {"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"incoming"},
      "object":{"key":"./100%%25-%d.mp4"}}}]}\
      """;

  private final KafkaConnection connection;
  private final Path disk;
  private final HttpServer s3;
  private final Set<String> sent = new HashSet<>();
  private IngestServer server;
  private int count;

  SoakFaults(KafkaConnection connection, Path disk) throws IOException {
    this.connection = connection;
    this.disk = disk;
    s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] refusal =
        "<Error><Code>InvalidRequest</Code><Message>a customer's key</Message></Error>"
            .getBytes(StandardCharsets.UTF_8);
    s3.createContext(
        "/",
        exchange -> {
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(400, head ? -1 : refusal.length);
          if (!head) {
            exchange.getResponseBody().write(refusal);
          }
          exchange.close();
        });
    s3.start();
  }

  /** A server that says of every object what S3 says of one under a customer's key. */
  String s3Endpoint() {
    return "http://127.0.0.1:" + s3.getAddress().getPort();
  }

  void against(IngestServer serving) {
    server = serving;
  }

  static boolean isGarbage(ConsumerRecord<byte[], byte[]> message) {
    return message.value() == null
        || new String(message.value(), StandardCharsets.ISO_8859_1).startsWith(GARBAGE);
  }

  /** All of them once; the service may be killed at any moment of it. */
  Void round(boolean fillsTheDisk) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    for (int i = 0; i < BUSY_THREADS; i++) {
      Thread busy = new Thread(() -> keepBusy(over), "busy");
      busy.setDaemon(true);
      busy.start();
    }
    try {
      assertWrongClientsAreTold();
      sendWrongRecords();
      if (fillsTheDisk) {
        fillTheDisk();
      }
      return null;
    } finally {
      over.set(true);
    }
  }

  private static void keepBusy(AtomicBoolean over) {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }

  private void assertWrongClientsAreTold() throws InterruptedException {
    String form = "multipart/form-data; boundary=x";
    HttpRequest.Builder posted = HttpRequest.newBuilder(server.uri("/v1/videos"));
    assertRefused(
        posted.copy().header("Content-Type", form).POST(BodyPublishers.ofString("--x")).build());
    assertRefused(posted.copy().POST(BodyPublishers.ofString("no video")).build());
    HttpRequest.Builder none = HttpRequest.newBuilder(server.uri("/v1/videos/none"));
    assertRefused(none.copy().method("HEAD", BodyPublishers.noBody()).build());
    // The key of the first upload, with other content: not that one's video.
    assertRefused(
        posted
            .copy()
            .header("Idempotency-Key", "video-0")
            .POST(BodyPublishers.ofString("other content"))
            .build());
  }

  private void assertRefused(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer = server.send(request);
      assertTrue(answer.statusCode() >= 400, () -> request + " gave " + answer);
    } catch (IOException e) {
      // It was killed, or is not there yet.
    }
  }

  /** The broker may be killed with the service: what it took is written down. */
  private void sendWrongRecords() throws InterruptedException {
    Map<String, Object> properties = new ClientProperties(connection).producer();
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
      for (String topic : TOPICS) {
        send(producer, topic, GARBAGE + count++);
      }
      send(producer, "s3-events", EVENT.formatted(count++));
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, String topic, String text)
      throws InterruptedException {
    try {
      byte[] value = text.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, value, value)).get();
      sent.add(text);
    } catch (java.util.concurrent.ExecutionException | KafkaException e) {
      // The broker is not there.
    }
  }

  private void fillTheDisk() throws IOException, InterruptedException {
    Path ballast = disk.resolve("ballast");
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[1 << 16];
      while (disk.toFile().getUsableSpace() > KEPT_FREE) {
        out.write(block);
      }
    } catch (IOException e) {
      // Something else was quicker: it is full.
    }
    System.out.println("the disk is full: " + disk.toFile().getUsableSpace() + " bytes are free");
    server.endsWithin(FULL_MILLIS);
    Files.delete(ballast);
  }

  /** Whether every wrong record that a broker took has come out as a dead letter. */
  boolean areDeadLettersThere() {
    return missing().isEmpty();
  }

  void assertDeadLetters() {
    assertEquals(List.of(), missing());
    assertTrue(!sent.isEmpty(), "nothing wrong was sent");
  }

  private List<String> missing() {
    Set<String> found = new HashSet<>();
    TopicRange.read(
        connection,
        Topics.DEAD_LETTERS,
        new TopicRange.Start.At(Instant.EPOCH),
        message -> found.add(new String(message.value(), StandardCharsets.UTF_8)));
    List<String> missing = new ArrayList<>(sent);
    missing.removeAll(found);
    return missing;
  }

  @Override
  public void close() {
    s3.stop(0);
  }
}
