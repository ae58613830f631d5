package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.framewarden.detector.ScorerRole;
import io.framewarden.detector.release.follow.ReleaseConfig;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Garbage at full speed: all of it becomes dead letters, and the good frames among it are scored.
 * {@code -Dframewarden.garbage.seconds} sets for how long (default 3).
 */
@Timeout(900)
@SuppressWarnings("FutureReturnValueIgnored") // what was not sent is missed below
class GarbageIT {
  private static final int GOOD_EVERY = 10;
  private static final int HUGE_EVERY = 97;
  private static final int HUGE = Topics.MAX_RECORD_BYTES - 4096;
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  @TempDir Path folder;
  private final ModelArtifact model = ModelArtifact.open(TestModel.folder());
  private final SplittableRandom random = new SplittableRandom(7);
  private final CollectorRegistry registry = new CollectorRegistry();
  private long sent;
  private int good;

  @Test
  void theScorerStaysUpAndTheBooksBalance() throws Exception {
    KafkaConnection connection = KafkaConnection.embedded(TestBroker.empty());
    new TopicProvisioner(connection).ensure(Topics.all());
    try (Service scorer =
        ScorerRole.service(
            ScorerConfig.from(settings()), ReleaseConfig.none(), connection, registry)) {
      scorer.start();
      send(connection);
      awaitReceived(scorer);
      assertTrue(scorer.health().isReady(), scorer.health().detail());
    }
    assertEquals(good, sample("framewarden_frames_scored_total"));
    assertEquals(sent - good, count(connection, Topics.DEAD_LETTERS, message -> {}));
    assertScored(connection);
  }

  private Settings settings() {
    return new Settings(Map.of(ScorerConfig.MODEL_DIR, TestModel.folder().toString()));
  }

  private void send(KafkaConnection connection) {
    long end =
        System.nanoTime()
            + TimeUnit.SECONDS.toNanos(Integer.getInteger("framewarden.garbage.seconds", 3));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(new ClientProperties(connection).producer())) {
      while (System.nanoTime() < end) {
        producer.send(new ProducerRecord<>(Topics.FACE_FRAMES.name(), next()));
        sent++;
      }
    }
  }

  private byte[] next() {
    if (sent % GOOD_EVERY == 0) {
      return Topics.FACE_FRAMES.value().encode(frame(good++).build());
    }
    if (sent % HUGE_EVERY == 0) {
      return noise(HUGE);
    }
    return switch (random.nextInt(6)) {
      case 0 -> noise(random.nextInt(3000));
      case 1 -> absurd(frame(0).setWidth(-1).setHeight(Integer.MIN_VALUE));
      case 2 -> absurd(frame(0).setWidth(1 << 30).setHeight(1 << 30));
      case 3 -> absurd(frame(-7).setAttempt(Long.MIN_VALUE).setPtsUs(Long.MAX_VALUE));
      case 4 -> absurd(frame(1).setPixels(ByteString.copyFrom(noise(random.nextInt(60_000)))));
      default -> absurd(frame(2).setExtractionDigest("another recipe"));
    };
  }

  private static byte[] absurd(FaceFrame.Builder frame) {
    // Its own video: failed scores of frames whose ids can be read must not stand for good ones.
    return frame.setVideoId("absurd").build().toByteArray();
  }

  private FaceFrame.Builder frame(int seq) {
    return FaceFrame.newBuilder()
        .setVideoId("good")
        .setAttempt(1)
        .setSeq(seq)
        .setWidth(model.manifest().input().width())
        .setHeight(model.manifest().input().height())
        .setPixels(
            ByteString.copyFrom(
                model.goldenFaces().get(Math.floorMod(seq, model.goldenFaces().size()))))
        .setExtractionDigest(model.manifest().extractionDigest());
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void awaitReceived(Service scorer) throws InterruptedException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (sample("framewarden_face_frames_received_total") < sent) {
      assertTrue(!scorer.health().isFailed(), scorer.health().detail());
      assertTrue(
          System.nanoTime() < deadline,
          "only "
              + registry.getSampleValue("framewarden_face_frames_received_total")
              + " of "
              + sent);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private double sample(String name) {
    Double value = registry.getSampleValue(name);
    return value == null ? 0 : value;
  }

  private void assertScored(KafkaConnection connection) {
    Set<Integer> seqs = new HashSet<>();
    count(
        connection,
        Topics.FRAME_SCORES,
        message -> {
          FrameScore score = Topics.FRAME_SCORES.value().decode(message.value());
          if (score.getVideoId().equals("good")) {
            assertEquals(FailureReason.FAILURE_REASON_UNSPECIFIED, score.getFailure());
            assertTrue(seqs.add(score.getSeq()), "scored twice: " + score.getSeq());
          }
        });
    assertEquals(good, seqs.size());
  }

  private static long count(
      KafkaConnection connection,
      Topic<?, ?> topic,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    AtomicLong count = new AtomicLong();
    TopicRange.read(
        connection,
        topic,
        new TopicRange.Start.At(Instant.EPOCH),
        message -> {
          count.incrementAndGet();
          reader.accept(message);
        });
    return count.get();
  }
}
