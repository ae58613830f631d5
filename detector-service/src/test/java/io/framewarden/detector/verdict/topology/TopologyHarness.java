package io.framewarden.detector.verdict.topology;

import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoMarker;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The real topology on the TopologyTestDriver, with the service's own settings. */
final class TopologyHarness implements AutoCloseable {
  static final Instant START = Instant.ofEpochMilli(1_800_000_000_000L);

  final CollectorRegistry registry = new CollectorRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, byte[]> markers;
  private final TestInputTopic<String, byte[]> scores;
  private final TestOutputTopic<String, byte[]> verdicts;
  private final TestOutputTopic<String, byte[]> rescores;
  private final TestOutputTopic<byte[], byte[]> deadLetters;

  TopologyHarness(VerdictConfig config, Path stateDirectory) {
    driver =
        new TopologyTestDriver(
            VerdictTopology.build(config, new DeadLetters(registry), new VerdictMetrics(registry)),
            StreamsProperties.of(
                new VerdictConfig(
                    config.policy(),
                    config.thresholdsGiven(),
                    config.timings(),
                    stateDirectory,
                    config.threads()),
                KafkaConnection.embedded("localhost:9092")),
            START);
    StringSerializer key = new StringSerializer();
    ByteArraySerializer value = new ByteArraySerializer();
    markers = driver.createInputTopic(Topics.VIDEO_MARKERS.name(), key, value);
    scores = driver.createInputTopic(Topics.FRAME_SCORES.name(), key, value);
    verdicts =
        driver.createOutputTopic(
            Topics.VERDICTS.name(), new StringDeserializer(), new ByteArrayDeserializer());
    rescores =
        driver.createOutputTopic(
            Topics.RESCORE_REQUESTS.name(), new StringDeserializer(), new ByteArrayDeserializer());
    deadLetters =
        driver.createOutputTopic(
            Topics.DEAD_LETTERS.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  void send(FrameScore score) {
    scores.pipeInput(score.getVideoId(), Topics.FRAME_SCORES.value().encode(score));
  }

  void send(VideoMarker marker) {
    markers.pipeInput(marker.getVideoId(), Topics.VIDEO_MARKERS.value().encode(marker));
  }

  void sendScoreBytes(String key, byte[] bytes) {
    scores.pipeInput(key, bytes);
  }

  void sendMarkerBytes(String key, byte[] bytes) {
    markers.pipeInput(key, bytes);
  }

  void advance(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** The verdicts since the last call. */
  List<Verdict> verdicts() {
    return verdicts.readRecordsToList().stream()
        .map(
            message -> {
              Verdict verdict = Topics.VERDICTS.value().decode(message.value());
              if (!verdict.getVideoId().equals(message.key())) {
                throw new AssertionError("verdict under key " + message.key());
              }
              return verdict;
            })
        .toList();
  }

  /** The keys of the verdicts deleted since the last call; fails when a verdict came. */
  List<String> deletions() {
    return verdicts.readRecordsToList().stream()
        .map(
            message -> {
              if (message.value() != null) {
                throw new AssertionError("a verdict of " + message.key());
              }
              return message.key();
            })
        .toList();
  }

  /** The only verdict since the last call. */
  Verdict verdict() {
    List<Verdict> emitted = verdicts();
    if (emitted.size() != 1) {
      throw new AssertionError("expected one verdict, got " + emitted);
    }
    return emitted.get(0);
  }

  /** The requests since the last call. */
  List<RescoreRequest> rescores() {
    return rescores.readValuesToList().stream()
        .map(value -> Topics.RESCORE_REQUESTS.value().decode(value))
        .toList();
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return deadLetters.readRecordsToList();
  }

  /** Bytes stored of a video, or null. */
  byte[] stored(String videoId) {
    KeyValueStore<String, byte[]> store = driver.getKeyValueStore(VerdictTopology.STORE);
    return store.get(videoId);
  }

  double metric(String name) {
    return registry.getSampleValue(name);
  }

  double metric(String name, String[] labels, String[] values) {
    Double sample = registry.getSampleValue(name, labels, values);
    return sample == null ? 0 : sample;
  }

  @Override
  public void close() {
    driver.close();
  }
}
