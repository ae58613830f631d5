package io.framewarden.benchmarks;

import io.framewarden.detector.ScorerRole;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.probe.EngineSelector;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.follow.ReleaseConfig;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.broker.EmbeddedBroker;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * What Kafka costs the engine: faces a second of the bare engine, and of the whole scorer on a real
 * broker with the same model and batch size, the engine measured before and after.
 */
public final class ScorerBench {
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e6;
  private static final long POLL_INTERVAL_NANOS = 10_000_000;

  private final ScorerConfig config;
  private final Path folder;
  private final int faces;
  private final double bareSeconds;
  private final LongConsumer progress;

  /**
   * @param folder for the broker, empty
   * @param faces how many to score in the pipeline, at least two transactions
   * @param bareSeconds how long the bare engine is measured, before and after
   * @param progress is told how many are scored
   */
  public ScorerBench(
      ScorerConfig config, Path folder, int faces, double bareSeconds, LongConsumer progress) {
    if (faces < 2 * config.transactions().maxRecords()) {
      throw new IllegalArgumentException(
          faces
              + " faces are fewer than two transactions of "
              + config.transactions().maxRecords());
    }
    this.config = config;
    this.folder = folder;
    this.faces = faces;
    this.bareSeconds = bareSeconds;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @return {@code facesPerSecond} of the pipeline once it is warm, {@code bareFacesPerSecond} as
   *     the mean of before and after, {@code bareAfterToBefore} (far from 1 when other processes
   *     disturbed it), {@code pipelineToBare}, what the engine and the stages beside it took for a
   *     face, and resident MiB early and at the end where the system tells
   * @throws IllegalStateException when the scorer fails
   */
  public Measurements run() throws InterruptedException {
    double before = bareFacesPerSecond();
    Map<String, Double> measured = new LinkedHashMap<>();
    double pipeline = pipelineFacesPerSecond(measured);
    double after = bareFacesPerSecond();
    double bare = (before + after) / 2;
    measured.put("engineThreads", (double) config.engine().threads());
    measured.put("batch", (double) config.batches().size());
    measured.put("faces", (double) faces);
    measured.put("facesPerSecond", pipeline);
    measured.put("bareFacesPerSecond", bare);
    measured.put("bareAfterToBefore", after / before);
    measured.put("pipelineToBare", pipeline / bare);
    return new Measurements(measured);
  }

  private double bareFacesPerSecond() {
    try (LoadedModel model =
        new ModelLoader(
                new EngineSelector(config.engine()).select(config.model(), () -> false).factory(),
                config.batches().size())
            .load(config.model())) {
      List<byte[]> golden = ModelArtifact.open(config.model()).goldenFaces();
      List<byte[]> batch = new ArrayList<>();
      for (int i = 0; i < config.batches().size(); i++) {
        batch.add(golden.get(i % golden.size()));
      }
      bareFacesPerSecond(model, batch, bareSeconds / 4); // warms up
      return bareFacesPerSecond(model, batch, bareSeconds);
    }
  }

  private static double bareFacesPerSecond(LoadedModel model, List<byte[]> batch, double atLeast) {
    long begin = System.nanoTime();
    long scored = 0;
    double seconds = 0;
    while (seconds < atLeast) {
      model.engine().score(FaceBatch.of(model.shape(), batch));
      scored += batch.size();
      seconds = (System.nanoTime() - begin) / NANOS;
    }
    return scored / seconds;
  }

  private double pipelineFacesPerSecond(Map<String, Double> measured) throws InterruptedException {
    try (EmbeddedBroker broker = new EmbeddedBroker(folder.resolve("broker"), 0)) {
      broker.start();
      broker.awaitReady();
      KafkaConnection connection = broker.connection();
      new TopicProvisioner(connection).ensure(Topics.all());
      CollectorRegistry registry = new CollectorRegistry();
      try (FrameProducer producer =
              FrameProducer.start(connection, ModelArtifact.open(config.model()), faces);
          Service scorer = ScorerRole.service(config, ReleaseConfig.none(), connection, registry)) {
        producer.awaitHeadStart();
        scorer.start();
        return faceRate(scorer, registry, producer, measured);
      }
    }
  }

  /** From a quarter to the end: before that the JVM is busy with compiling what runs often. */
  private double faceRate(
      Service scorer,
      CollectorRegistry registry,
      FrameProducer producer,
      Map<String, Double> measured) {
    long first = await(faces / 4, scorer, registry, producer);
    long begin = System.nanoTime();
    ProcessSample.ofThis()
        .ifPresent(now -> measured.put("residentMiBAtAQuarter", now.residentMib()));
    long last = await(faces, scorer, registry, producer);
    double seconds = (System.nanoTime() - begin) / NANOS;
    ProcessSample.ofThis().ifPresent(now -> measured.put("residentMiBAtTheEnd", now.residentMib()));
    measured.put(
        "inferenceMicrosecondsPerFace",
        MICROS * sample(registry, "framewarden_inference_seconds_sum") / last);
    for (String stage : List.of("decode", "transfer", "answer", "commit")) {
      measured.put(stage + "MicrosecondsPerFace", MICROS * stageSeconds(registry, stage) / last);
    }
    return (last - first) / seconds;
  }

  private long await(
      long wanted, Service scorer, CollectorRegistry registry, FrameProducer producer) {
    while (true) {
      long scored = (long) sample(registry, "framewarden_frames_scored_total");
      progress.accept(scored);
      producer.reportScored(scored);
      if (scored >= wanted) {
        return scored;
      }
      Health health = scorer.health();
      if (health.isFailed()) {
        throw new IllegalStateException("the scorer failed: " + health.detail());
      }
      LockSupport.parkNanos(POLL_INTERVAL_NANOS);
    }
  }

  private static double stageSeconds(CollectorRegistry registry, String stage) {
    return registry.getSampleValue(
        "framewarden_scorer_stage_seconds_sum", new String[] {"stage"}, new String[] {stage});
  }

  private static double sample(CollectorRegistry registry, String name) {
    Double value = registry.getSampleValue(name);
    return value == null ? 0 : value;
  }
}
