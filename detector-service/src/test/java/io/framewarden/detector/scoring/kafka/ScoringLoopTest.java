package io.framewarden.detector.scoring.kafka;

import static io.framewarden.detector.scoring.Frames.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FakeEngine;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.Frames;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringLoopTest {
  private static final String TOPIC = Topics.FACE_FRAMES.name();
  private static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
  private static final TopicPartition P1 = new TopicPartition(TOPIC, 1);
  private static final int BATCH = 4;
  private static final int FULL = 8;

  @TempDir Path folder;
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final CollectorRegistry registry = new CollectorRegistry();
  private final FakeEngine engine = new FakeEngine();
  private long now;
  private ScoringLoop loop;

  @BeforeEach
  void join() throws Exception {
    TinyModel.write(folder, Frames.RECIPE);
    ScorerConfig config =
        ScorerConfig.from(
            new Settings(
                Map.of(
                    ScorerConfig.BATCH_SIZE,
                    Integer.toString(BATCH),
                    ScorerConfig.TRANSACTION_RECORDS,
                    Integer.toString(FULL),
                    ScorerConfig.LINGER,
                    "20ms",
                    ScorerConfig.TRANSACTION_AGE,
                    "1s")));
    var metrics = new ScoringMetrics(registry);
    var model = new ModelLoader(artifact -> engine, BATCH).load(folder);
    engine.takeBatchSizes();
    producer.initTransactions();
    loop =
        new ScoringLoop(
            consumer,
            new ScoringTransaction(producer, metrics, new DeadLetters(registry)),
            new RecordScorer(new FrameScorer(model, config.policy(), metrics, () -> 1)),
            config,
            () -> false,
            () -> now);
    loop.subscribe();
    consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
    consumer.rebalance(List.of(P0, P1));
  }

  @Test
  void commitsScoresAndOffsetsTogetherWhenThePollRunsDry() {
    addFrames(P0, 0, BATCH);
    loop.step();
    assertEquals(List.of(), producer.history(), "nothing is visible before the commit");

    loop.step();

    assertEquals(List.of(0, 1, 2, 3), committedSeqs());
    assertEquals(4, committedOffset(P0));
    assertEquals("v", text(producer.history().get(0).key()));
    assertBooks(4, 4, 0);
  }

  @Test
  void letsAPartialBatchWaitForCompany() {
    addFrames(P0, 0, 2);
    loop.step();
    loop.step();
    assertEquals(List.of(), engine.takeBatchSizes());

    addFrames(P0, 2, 3);
    loop.step();
    assertEquals(List.of(BATCH), engine.takeBatchSizes());

    waitMillis(20);
    loop.step();
    assertEquals(List.of(1), engine.takeBatchSizes());
    assertEquals(List.of(0, 1, 2, 3, 4), committedSeqs());
  }

  @Test
  void commitsAFullTransactionWithoutWaitingForTheStreamToPause() {
    addFrames(P0, 0, FULL + 1);

    loop.step();

    assertEquals(FULL, committedSeqs().size());
    assertEquals(FULL, committedOffset(P0), "only what was answered");
  }

  @Test
  void commitsAnOldTransactionThoughFramesKeepComing() {
    addFrames(P0, 0, BATCH);
    loop.step();
    waitMillis(1000);
    addFrames(P0, BATCH, 1);

    loop.step();

    assertEquals(List.of(0, 1, 2, 3), committedSeqs());
    assertEquals(BATCH, committedOffset(P0), "the new frame still waits for its batch");
  }

  @Test
  void sendsDeadLettersInTheSameTransaction() {
    add(P0, 0, "not a frame".getBytes(StandardCharsets.UTF_8));
    add(P0, 1, null);
    add(P0, 2, Topics.FACE_FRAMES.value().encode(frame(7, new byte[3])));
    add(P0, 3, Topics.FACE_FRAMES.value().encode(frame(8, TinyModel.plain(1))));

    runDry();

    assertEquals(4, committedOffset(P0));
    assertEquals(3, sent(Topics.DEAD_LETTERS.name()).size());
    ProducerRecord<byte[], byte[]> first = sent(Topics.DEAD_LETTERS.name()).get(0);
    assertEquals("not a frame", text(first.value()));
    assertEquals("unreadable_message", text(first.headers().lastHeader(DeadLetters.REASON)));
    assertEquals("0", text(first.headers().lastHeader(DeadLetters.ORIGIN_OFFSET)));
    List<FrameScore> scores = scores();
    assertEquals(2, scores.size(), "a failed score for ids that can be read, and a real one");
    assertEquals(FailureReason.MALFORMED_PIXELS, scores.get(0).getFailure());
    assertEquals(7, scores.get(0).getSeq());
    assertEquals(8, scores.get(1).getSeq());
    assertBooks(4, 1, 3);
  }

  @Test
  void abortsAndReadsAgainFromTheCommittedOffsets() {
    addFrames(P0, 0, BATCH);
    producer.commitTransactionException = new CommitFailedException("rebalanced");
    runDry();
    assertTrue(producer.transactionAborted());
    assertEquals(List.of(), producer.history());
    assertBooks(0, 0, 0);
    assertEquals(1.0, transactions("aborted"));
    producer.commitTransactionException = null;

    loop.step();
    addFrames(P0, 0, BATCH); // the mock hands records out once: the seek makes it take these
    runDry();

    assertEquals(List.of(0, 1, 2, 3), committedSeqs());
    assertBooks(4, 4, 0);
  }

  @Test
  void seeksBackToWhatTheGroupHasCommittedOnEachPartition() {
    consumer.commitSync(Map.of(P1, new OffsetAndMetadata(5)));
    consumer.seek(P1, 5);
    addFrames(P0, 0, 2);
    addFrames(P1, 5, 2);
    producer.sendOffsetsToTransactionException = new KafkaException("coordinator moved");
    runDry();
    producer.sendOffsetsToTransactionException = null;

    loop.step();

    assertEquals(0, consumer.position(P0));
    assertEquals(5, consumer.position(P1));
  }

  @Test
  void givesUpAfterTooManyAbortsInARow() {
    producer.commitTransactionException = new KafkaException("again");

    assertThrows(
        KafkaException.class,
        () -> {
          for (int i = 0; i <= ScoringLoop.MAX_ABORTS; i++) {
            addFrames(P0, 0, BATCH);
            runDry();
          }
        });
    assertEquals(5.0, transactions("aborted"));
  }

  @Test
  void aFencedScorerStopsAtOnce() {
    addFrames(P0, 0, BATCH);
    loop.step();
    producer.fenceProducer();

    assertThrows(ProducerFencedException.class, loop::step);
    assertBooks(0, 0, 0);
  }

  @Test
  void commitsWhatItAnsweredBeforeGivingPartitionsUp() {
    addFrames(P0, 0, BATCH);
    addFrames(P1, 0, 1);
    loop.step();

    consumer.rebalance(List.of(P0));

    assertEquals(4, committedSeqs().size());
    assertNull(offsets().get(P1), "the waiting frame of the other partition is left to others");
    waitMillis(20);
    loop.step();
    assertEquals(4, committedSeqs().size());
  }

  @Test
  void neverCommitsRecordsOfLostPartitions() {
    addFrames(P0, 0, BATCH);
    loop.step();

    loop.onPartitionsLost(List.of(P0));
    waitMillis(5000);
    loop.finish();

    assertEquals(0, producer.commitCount());
    assertTrue(producer.transactionAborted());
    assertFalse(loop.hasAssignment());
  }

  @Test
  void anOrderlyEndCommitsWhatWasAnswered() {
    addFrames(P0, 0, BATCH + 1);
    loop.step();

    loop.finish();

    assertEquals(BATCH, committedOffset(P0));
    assertBooks(4, 4, 0);
  }

  @Test
  void knowsWhetherItHasItsShare() {
    assertTrue(loop.hasAssignment());
  }

  private void addFrames(TopicPartition partition, long offset, int count) {
    for (long at = offset; at < offset + count; at++) {
      byte[] face = TinyModel.plain((int) (100 + at % 50));
      add(partition, at, Topics.FACE_FRAMES.value().encode(frame((int) at, face)));
    }
  }

  private void add(TopicPartition partition, long offset, byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, value));
  }

  /** Takes what is there, lets partial batches become due, and finds nothing more. */
  private void runDry() {
    loop.step();
    waitMillis(20);
    loop.step();
  }

  private void waitMillis(long millis) {
    now += millis * 1_000_000;
  }

  private List<ProducerRecord<byte[], byte[]>> sent(String topic) {
    return producer.history().stream().filter(record -> record.topic().equals(topic)).toList();
  }

  private List<FrameScore> scores() {
    return sent(Topics.FRAME_SCORES.name()).stream()
        .map(record -> Topics.FRAME_SCORES.value().decode(record.value()))
        .toList();
  }

  private List<Integer> committedSeqs() {
    return scores().stream().map(FrameScore::getSeq).toList();
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets() {
    var history = producer.consumerGroupOffsetsHistory();
    String group = consumer.groupMetadata().groupId();
    return history.get(history.size() - 1).get(group);
  }

  private long committedOffset(TopicPartition partition) {
    return Objects.requireNonNull(offsets().get(partition)).offset();
  }

  private void assertBooks(double received, double scored, double deadLettered) {
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

  private double transactions(String outcome) {
    return registry.getSampleValue(
        "framewarden_transactions_total", new String[] {"outcome"}, new String[] {outcome});
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String text(org.apache.kafka.common.header.Header header) {
    return text(header.value());
  }
}
