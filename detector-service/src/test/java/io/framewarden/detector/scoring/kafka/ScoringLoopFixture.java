package io.framewarden.detector.scoring.kafka;

import static io.framewarden.detector.scoring.Frames.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FakeEngine;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.scoring.BatchListener;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.Frames;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FrameScore;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A scoring loop on mock clients, assigned two partitions, with what its tests check. */
abstract class ScoringLoopFixture {
  static final String TOPIC = Topics.FACE_FRAMES.name();
  static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
  static final TopicPartition P1 = new TopicPartition(TOPIC, 1);
  static final int BATCH = 4;
  static final int FULL = 8;

  @TempDir Path folder;
  final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  final CollectorRegistry registry = new CollectorRegistry();
  final FakeEngine engine = new FakeEngine();

  /** Tests may put another executor in before the first step. */
  Executor engineThread = Runnable::run;

  long now;
  ScoringLoop loop;

  @BeforeEach
  void join() throws Exception {
    TinyModel.write(folder, Frames.RECIPE);
    ScorerConfig config =
        ScorerConfig.from(
            new Settings(
                Map.of(
                    ScorerConfig.INSTANCE,
                    instance(),
                    ScorerConfig.BATCH_SIZE,
                    Integer.toString(BATCH),
                    ScorerConfig.TRANSACTION_RECORDS,
                    Integer.toString(FULL),
                    ScorerConfig.LINGER,
                    "20ms",
                    ScorerConfig.TRANSACTION_AGE,
                    "1s")));
    var metrics = new ScoringMetrics(registry);
    ModelSlot models = new ModelSlot();
    models.put(new ModelLoader(artifact -> engine, BATCH).load(folder));
    engine.takeBatchSizes();
    producer.initTransactions();
    loop =
        new ScoringLoop(
            consumer,
            new ScoringTransaction(producer, metrics, new DeadLetters(registry)),
            new ScoringPipeline(
                models,
                new FrameScorer(config.policy(), metrics, () -> 1),
                BatchListener.NONE,
                metrics,
                task -> engineThread.execute(task),
                Runnable::run,
                () -> now),
            config,
            metrics,
            () -> false,
            () -> now);
    loop.subscribe();
    consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
    consumer.rebalance(List.of(P0, P1));
  }

  /** The scorer's name in its group; empty for none. */
  String instance() {
    return "";
  }

  void addFrames(TopicPartition partition, long offset, int count) {
    for (long at = offset; at < offset + count; at++) {
      byte[] face = TinyModel.plain((int) (100 + at % 50));
      add(partition, at, Topics.FACE_FRAMES.value().encode(frame((int) at, face)));
    }
  }

  void add(TopicPartition partition, long offset, byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, value));
  }

  /** Takes what is there, lets partial batches become due, and finds nothing more. */
  void drain() {
    loop.step();
    waitMillis(20);
    loop.step();
  }

  void waitMillis(long millis) {
    now += millis * 1_000_000;
  }

  List<ProducerRecord<byte[], byte[]>> sent(String topic) {
    return producer.history().stream().filter(record -> record.topic().equals(topic)).toList();
  }

  List<FrameScore> scores() {
    return sent(Topics.FRAME_SCORES.name()).stream()
        .map(record -> Topics.FRAME_SCORES.value().decode(record.value()))
        .toList();
  }

  List<Integer> committedSeqs() {
    return scores().stream().map(FrameScore::getSeq).toList();
  }

  Map<TopicPartition, OffsetAndMetadata> offsets() {
    var history = producer.consumerGroupOffsetsHistory();
    String group = consumer.groupMetadata().groupId();
    return history.get(history.size() - 1).get(group);
  }

  long committedOffset(TopicPartition partition) {
    return Objects.requireNonNull(offsets().get(partition)).offset();
  }

  void assertTotals(double received, double scored, double deadLettered) {
    assertEquals(received, registry.getSampleValue("framewarden_face_frames_received_total"));
    assertEquals(scored, registry.getSampleValue("framewarden_frames_scored_total"));
    double letters = 0;
    for (var family : java.util.Collections.list(registry.metricFamilySamples())) {
      for (var sample : family.samples) {
        if (sample.name.equals("framewarden_dead_letters_total")) {
          letters += sample.value;
        }
      }
    }
    assertEquals(deadLettered, letters);
  }

  double transactions(String outcome) {
    return registry.getSampleValue(
        "framewarden_transactions_total", new String[] {"outcome"}, new String[] {outcome});
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static String text(org.apache.kafka.common.header.Header header) {
    return text(header.value());
  }
}
