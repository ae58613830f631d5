package io.framewarden.detector.rescore;

import static io.framewarden.detector.scoring.Frames.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FakeEngine;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.scoring.ExtractionMismatch;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.Frames;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.detector.scoring.ScoringPolicy;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FramePosition;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.RescoreRequest;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RescoreLoopTest {
  private static final TopicPartition P0 = new TopicPartition(Topics.RESCORE_REQUESTS.name(), 0);
  private static final int BATCH = 4;

  @TempDir Path folder;
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final CollectorRegistry registry = new CollectorRegistry();
  private final Map<RecordPosition, FaceFrame> faces = new HashMap<>();
  private final FakeEngine engine = new FakeEngine();
  private final ModelSlot models = new ModelSlot();
  private LoadedModel model;
  private boolean lookupBreaks;
  private RescoreLoop loop;

  @BeforeEach
  void join() throws Exception {
    TinyModel.write(folder, Frames.RECIPE);
    model = new ModelLoader(artifact -> engine, BATCH).load(folder, 10);
    models.put(model);
    producer.initTransactions();
    RescoreMetrics metrics = new RescoreMetrics(registry);
    FrameScorer scorer =
        new FrameScorer(
            new ScoringPolicy(ExtractionMismatch.REFUSE, 0.5, 8),
            new ScoringMetrics(new CollectorRegistry()),
            () -> 77);
    loop =
        new RescoreLoop(
            consumer,
            producer,
            new Rescorer(models, scorer, this::find, Duration.ofMillis(1), metrics, () -> 77),
            new DeadLetters(registry),
            metrics,
            BATCH,
            () -> false);
    loop.subscribe();
    consumer.updateBeginningOffsets(Map.of(P0, 0L));
    consumer.rebalance(List.of(P0));
    for (int seq = 0; seq < 10; seq++) {
      faces.put(new RecordPosition(3, 100 + seq), frame(seq, TinyModel.plain(60 + seq)));
    }
  }

  @Test
  void scoresTheNamedFramesAndCommitsTheRequestWithTheLast() throws Exception {
    ask(request(10, 0, 1, 2, 3, 4));
    loop.step();

    List<FrameScore> scores = scores();
    assertEquals(List.of(0, 1, 2, 3, 4), scores.stream().map(FrameScore::getSeq).toList());
    for (FrameScore score : scores) {
      assertEquals(model.digest(), score.getModelDigest());
      assertEquals(10, score.getReleaseTimeUs());
      assertEquals(TinyModel.logit(TinyModel.plain(60 + score.getSeq())), score.getLogit(), 1e-4);
      assertEquals(3, score.getOriginPartition());
      assertEquals(100 + score.getSeq(), score.getOriginOffset());
    }
    assertEquals(2, producer.commitCount(), "a transaction a batch");
    assertEquals(1, producer.consumerGroupOffsetsHistory().size());
    assertEquals(5.0, rescored("scored"));
  }

  @Test
  void aFrameThatIsGoneGetsAFailedScoreOfTheWantedModel() throws Exception {
    faces.remove(new RecordPosition(3, 101));
    faces.put(new RecordPosition(3, 102), frame(9, TinyModel.plain(1)));
    ask(request(10, 0, 1, 2));
    loop.step();

    Map<Integer, FrameScore> bySeq = new HashMap<>();
    scores().forEach(score -> bySeq.put(score.getSeq(), score));
    assertEquals(3, bySeq.size());
    for (int seq : List.of(1, 2)) {
      FrameScore score = bySeq.get(seq);
      assertEquals(FailureReason.FACE_FRAME_GONE, score.getFailure());
      assertEquals("wanted", score.getModelDigest().substring(0, 6));
      assertEquals(10, score.getReleaseTimeUs());
      assertEquals("v", score.getVideoId());
    }
    assertEquals(2.0, rescored("gone"));
  }

  @Test
  void aNewerModelThanWantedScoresAtOnce() throws Exception {
    ask(request(3, 0));
    loop.step();

    assertEquals(10, scores().get(0).getReleaseTimeUs());
    assertEquals(0.0, registry.getSampleValue("framewarden_rescores_given_up_total"));
  }

  @Test
  void anOlderModelScoresWhenTheWantedOneIsNotLoadedInTime() throws Exception {
    ask(request(20, 0));
    loop.step();

    assertEquals(10, scores().get(0).getReleaseTimeUs());
    assertEquals(1.0, registry.getSampleValue("framewarden_rescores_given_up_total"));
  }

  @Test
  void leasesAModelForABatchOnly() throws Exception {
    ask(request(10, 0));
    loop.step();
    models.clear();

    assertTrue(engine.isClosed());
  }

  @Test
  void anUnreadableRequestIsADeadLetter() throws Exception {
    consumer.addRecord(new ConsumerRecord<>(P0.topic(), 0, 0, null, new byte[] {1, 2, 3}));
    loop.step();

    assertEquals(
        List.of(Topics.DEAD_LETTERS.name()),
        producer.history().stream().map(record -> record.topic()).toList());
    assertEquals(1, producer.consumerGroupOffsetsHistory().size());
  }

  @Test
  void aFailedLookupIsRetriedAFewTimes() throws Exception {
    lookupBreaks = true;
    ask(request(10, 0));
    loop.step();
    assertEquals(0, producer.commitCount());
    lookupBreaks = false;
    ask(request(10, 0)); // what a seek would bring again
    loop.step();
    assertEquals(1, scores().size());

    lookupBreaks = true;
    for (int i = 0; i < RescoreLoop.MAX_FAILURES; i++) {
      ask(request(10, 0));
      loop.step();
    }
    ask(request(10, 0));
    assertThrows(UncheckedIOException.class, loop::step);
  }

  private Optional<FaceFrame> find(RecordPosition place) {
    if (lookupBreaks) {
      throw new UncheckedIOException(new IOException("the broker is away"));
    }
    return Optional.ofNullable(faces.get(place));
  }

  private long next;

  private void ask(RescoreRequest request) {
    consumer.seek(P0, next);
    consumer.addRecord(
        new ConsumerRecord<>(
            P0.topic(), 0, next++, null, Topics.RESCORE_REQUESTS.value().encode(request)));
  }

  private static RescoreRequest request(long release, int... seqs) {
    RescoreRequest.Builder request =
        RescoreRequest.newBuilder()
            .setVideoId("v")
            .setAttempt(9)
            .setModelDigest("wanted")
            .setReleaseTimeUs(release);
    for (int seq : seqs) {
      request.addFrames(
          FramePosition.newBuilder().setSeq(seq).setPartition(3).setOffset(100 + seq));
    }
    return request.build();
  }

  private List<FrameScore> scores() {
    return producer.history().stream()
        .filter(record -> record.topic().equals(Topics.FRAME_SCORES.name()))
        .map(record -> Topics.FRAME_SCORES.value().decode(record.value()))
        .toList();
  }

  private double rescored(String outcome) {
    return registry.getSampleValue(
        "framewarden_rescored_frames_total", new String[] {"outcome"}, new String[] {outcome});
  }
}
