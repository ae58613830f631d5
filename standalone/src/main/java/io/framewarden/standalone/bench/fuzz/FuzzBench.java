package io.framewarden.standalone.bench.fuzz;

import io.framewarden.ingest.extract.UploadExtraction;
import io.framewarden.ingest.publish.IngestConfig;
import io.framewarden.ingest.sandbox.DecoderPool;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.standalone.bench.Figures;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Damaged uploads through the object store, the extraction of a service and its decoder children.
 * Every upload's bytes follow from the seed and its number, so that one can be made again.
 */
public final class FuzzBench {
  private static final Logger LOG = LoggerFactory.getLogger(FuzzBench.class);
  private static final double NANOS = 1e9;

  /** The part of the run after which nothing may grow any more. */
  private static final int WARM_UP_PARTS = 5;

  private static final int SLACK = 4;
  private static final double CHILD_START_SECONDS = 60;

  private final IngestConfig config;
  private final Path folder;
  private final long seed;
  private final long uploads;
  private final LongConsumer progress;
  private final FuzzTally tally = new FuzzTally();
  private final Set<ProcessHandle> children = ConcurrentHashMap.newKeySet();
  private ProcessSample warm;

  /**
   * @param folder an empty folder
   * @param uploads how many, at least {@value #WARM_UP_PARTS}
   * @param progress hears how many uploads have ended
   */
  public FuzzBench(
      IngestConfig config, Path folder, long seed, long uploads, LongConsumer progress) {
    this.config = config;
    this.folder = folder;
    this.seed = seed;
    this.uploads = uploads;
    this.progress = progress;
  }

  /**
   * Runs all uploads.
   *
   * @return the figures; {@code failures} is 0 when every upload ended in a marker that counts
   *     right, no child outlived its deadline or the pool, and no descriptors or threads were lost
   */
  public Figures run() throws IOException, InterruptedException {
    List<byte[]> corpus = FuzzCorpus.make(folder);
    CollectorRegistry registry = new CollectorRegistry();
    Map<String, Double> figures = new LinkedHashMap<>();
    long start = System.nanoTime();
    ProcessSample last;
    try (DecoderPool pool =
        new DecoderPool(
            config.sandbox(),
            config.workers(),
            config.decoding(),
            config.sampling(),
            config.detector(),
            registry)) {
      pool.awaitReady();
      extract(corpus, pool, 0, uploads / WARM_UP_PARTS);
      warm = ProcessSample.now();
      extract(corpus, pool, uploads / WARM_UP_PARTS, uploads);
      last = ProcessSample.now();
    }
    double seconds = (System.nanoTime() - start) / NANOS;
    long survivors = children.stream().filter(ProcessHandle::isAlive).count();
    long descriptors = last.descriptors() - warm.descriptors();
    long threads = last.threads() - warm.threads();
    long late = tally.longestSeconds() > mostSeconds() ? 1 : 0;
    long grown = (descriptors > SLACK ? 1 : 0) + (threads > SLACK ? 1 : 0);
    figures.put("seed", (double) seed);
    figures.put("formats", (double) corpus.size());
    figures.put("uploads", (double) tally.ended());
    figures.put("uploadsPerSecond", tally.ended() / seconds);
    figures.put("failures", (double) (tally.failures() + survivors + late + grown));
    tally.addTo(figures);
    figures.put("longestSecondsAllowed", mostSeconds());
    figures.put("children", (double) children.size());
    figures.put("childrenThatSurvived", (double) survivors);
    restarts(registry, figures);
    figures.put("descriptorsGrown", (double) descriptors);
    figures.put("threadsGrown", (double) threads);
    figures.put("heapMibAfterWarmUp", warm.heapMib());
    figures.put("heapMibAtTheEnd", last.heapMib());
    return new Figures(figures);
  }

  private void extract(List<byte[]> corpus, DecoderPool pool, long from, long to)
      throws IOException, InterruptedException {
    AtomicLong next = new AtomicLong(from);
    ExecutorService threads = Executors.newFixedThreadPool(config.workers());
    try {
      List<Future<?>> workers =
          IntStream.range(0, config.workers())
              .<Future<?>>mapToObj(
                  worker ->
                      threads.submit(
                          () -> {
                            work(corpus, pool, next, to);
                            return null;
                          }))
              .toList();
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the fuzz run broke off", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void work(List<byte[]> corpus, DecoderPool pool, AtomicLong next, long to)
      throws IOException {
    ObjectStore store = new FileObjectStore(folder.resolve("objects"));
    UploadExtraction extraction = new UploadExtraction(store, pool);
    for (long number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
      byte[] content = content(corpus, number);
      ObjectStore.Stored object =
          store.put("uploads/" + number, new ByteArrayInputStream(content), content.length);
      VideoUpload upload =
          VideoUpload.newBuilder()
              .setVideoId(Long.toString(number))
              .setSourceUri(object.uri().toString())
              .setContentSha256(object.sha256())
              .setSizeBytes(object.bytes())
              .build();
      run(extraction, upload, pool);
      store.delete(object.uri());
      progress.accept(tally.ended());
    }
  }

  private byte[] content(List<byte[]> corpus, long number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    byte[] good = corpus.get(random.nextInt(corpus.size()));
    Mutation[] kinds = Mutation.values();
    return kinds[random.nextInt(kinds.length)].apply(good, random);
  }

  private void run(UploadExtraction extraction, VideoUpload upload, DecoderPool pool) {
    Map<Long, AtomicInteger> faces = Collections.synchronizedMap(new LinkedHashMap<>());
    long start = System.nanoTime();
    try {
      pool.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(children::add));
      VideoMarker marker =
          extraction.run(
              upload,
              face ->
                  faces
                      .computeIfAbsent(face.getAttempt(), attempt -> new AtomicInteger())
                      .incrementAndGet());
      AtomicInteger own = faces.getOrDefault(marker.getAttempt(), new AtomicInteger());
      tally.marker(marker, own.get(), (System.nanoTime() - start) / NANOS);
    } catch (RuntimeException e) {
      LOG.error("upload {} of seed {} ended without a marker", upload.getVideoId(), seed, e);
      tally.withoutMarker();
    }
  }

  /** What two attempts may take, with the starts of two children. */
  private double mostSeconds() {
    double attempt =
        config.sandbox().deadline().toSeconds()
            + config.sandbox().deadlineFactor()
                * config.decoding().limits().maxDuration().toSeconds();
    return 2 * (attempt + CHILD_START_SECONDS);
  }

  private static void restarts(CollectorRegistry registry, Map<String, Double> figures) {
    for (MetricFamilySamples family :
        Collections.list(
            registry.filteredMetricFamilySamples(Set.of("framewarden_decoder_restarts_total")))) {
      family.samples.forEach(
          sample ->
              figures.put(FuzzTally.camel("replaced_" + sample.labelValues.get(0)), sample.value));
    }
  }
}
