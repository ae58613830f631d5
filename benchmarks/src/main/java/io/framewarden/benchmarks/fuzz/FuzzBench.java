package io.framewarden.benchmarks.fuzz;

import io.framewarden.benchmarks.Measurements;
import io.framewarden.benchmarks.ProcessSample;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.ingest.kafka.IngestConfig;
import io.framewarden.ingest.kafka.UploadExtraction;
import io.framewarden.ingest.sandbox.DecoderPool;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs damaged uploads through the object store, the extraction of a service and its decoder
 * processes, twice: with one number of decoder threads and with another. Every upload's bytes
 * follow from the seed and its number, so that one can be repeated.
 */
public final class FuzzBench {
  private static final Logger LOG = LoggerFactory.getLogger(FuzzBench.class);
  private static final double NANOS = 1e9;

  /** One in so many uploads warms up; after them nothing may grow any more. */
  private static final int WARM_UP_PARTS = 5;

  private static final int SLACK = 4;

  /** A long run logs its progress. */
  private static final int LOG_EVERY = 200;

  /** Memory that may vary: what the C library caches, garbage that is not yet collected. */
  private static final double SLACK_MIB = 96;

  private static final double MIB = 1 << 20;
  private static final double CHILD_START_SECONDS = 60;
  private static final int OTHER_THREADS = 2;

  private final IngestConfig config;
  private final Path folder;
  private final long seed;
  private final long uploads;
  private final Path keep;
  private final LongConsumer progress;
  private final FuzzTally tally = new FuzzTally();
  private final DecoderMemoryTracker children = new DecoderMemoryTracker();

  /**
   * @param config {@value #OTHER_THREADS} decoder threads are compared with those that it has
   * @param folder an empty folder
   * @param uploads how many, at least {@value #WARM_UP_PARTS}
   * @param keep an existing folder for the uploads that failed; null keeps none
   * @param progress receives how many uploads have ended
   */
  public FuzzBench(
      IngestConfig config, Path folder, long seed, long uploads, Path keep, LongConsumer progress) {
    this.config = config;
    this.folder = folder;
    this.seed = seed;
    this.uploads = uploads;
    this.keep = keep;
    this.progress = progress;
  }

  /**
   * Runs all uploads.
   *
   * @return the values; {@code failures} is 0 when every upload ended in a marker with right
   *     counts, the same for both numbers of decoder threads unless its frames are damaged, no
   *     child outlived its deadline or the pool, and neither this process nor a child grew in
   *     descriptors, threads or memory
   */
  public Measurements run() throws IOException, InterruptedException {
    List<byte[]> corpus = FuzzCorpus.encode(folder);
    CollectorRegistry registry = new CollectorRegistry();
    Map<String, Double> measured = new LinkedHashMap<>();
    long start = System.nanoTime();
    ProcessSample warm;
    ProcessSample last;
    double warmHeap;
    double lastHeap;
    DecodeOptions decoding = config.extraction().decoding();
    DecodeOptions others = new DecodeOptions(decoding.limits(), OTHER_THREADS, decoding.hardware());
    try (DecoderPool pool = pool(decoding, registry);
        DecoderPool other = pool(others, new CollectorRegistry())) {
      pool.awaitReady();
      other.awaitReady();
      List<DecoderPool> pools = List.of(pool, other);
      extract(corpus, pools, 0, uploads / WARM_UP_PARTS);
      warmHeap = liveHeapMib();
      warm = ProcessSample.ofThis().orElse(ProcessSample.ZERO);
      extract(corpus, pools, uploads / WARM_UP_PARTS, uploads);
      lastHeap = liveHeapMib();
      last = ProcessSample.ofThis().orElse(ProcessSample.ZERO);
    }
    double seconds = (System.nanoTime() - start) / NANOS;
    long late = tally.longestSeconds() > maxSeconds() ? 1 : 0;
    measured.put("seed", (double) seed);
    measured.put("formats", (double) corpus.size());
    measured.put("uploads", (double) tally.ended());
    measured.put("uploadsPerSecond", tally.ended() / seconds);
    measured.put("failures", 0.0); // its place in the table; counted below
    tally.addTo(measured);
    measured.put("longestSecondsAllowed", maxSeconds());
    measured.put("children", (double) children.count());
    measured.put("childrenThatSurvived", (double) children.survivors());
    restarts(registry, measured);
    int grown =
        grown(measured, "descriptorsGrown", last.descriptors() - warm.descriptors(), SLACK)
            + grown(measured, "threadsGrown", last.threads() - warm.threads(), SLACK)
            + grown(measured, "heapMibGrown", lastHeap - warmHeap, SLACK_MIB)
            + grown(
                measured, "residentMibGrown", last.residentMib() - warm.residentMib(), SLACK_MIB)
            + grownChildren(measured);
    measured.put("failures", (double) (tally.failures() + children.survivors() + late + grown));
    return new Measurements(measured);
  }

  private DecoderPool pool(DecodeOptions decoding, CollectorRegistry registry) {
    return new DecoderPool(
        config.sandbox(),
        config.workers().count(),
        config.extraction().withDecoding(decoding),
        registry);
  }

  private int grownChildren(Map<String, Double> measured) {
    return grown(
            measured,
            "childDescriptorsGrown",
            children.medianGrowth(ProcessSample::descriptors),
            SLACK)
        + grown(measured, "childThreadsGrown", children.medianGrowth(ProcessSample::threads), SLACK)
        + grown(
            measured,
            "childResidentMibGrown",
            children.medianGrowth(ProcessSample::residentMib),
            SLACK_MIB);
  }

  /** Records a growth; 1 where it exceeds the slack. */
  private static int grown(Map<String, Double> measured, String name, double growth, double slack) {
    measured.put(name, growth);
    return growth > slack ? 1 : 0;
  }

  private static double liveHeapMib() {
    System.gc();
    Runtime java = Runtime.getRuntime();
    return (java.totalMemory() - java.freeMemory()) / MIB;
  }

  private void extract(List<byte[]> corpus, List<DecoderPool> pools, long from, long to)
      throws IOException, InterruptedException {
    AtomicLong next = new AtomicLong(from);
    ExecutorService threads = Executors.newFixedThreadPool(config.workers().count());
    try {
      List<Future<?>> workers =
          IntStream.range(0, config.workers().count())
              .<Future<?>>mapToObj(
                  worker ->
                      threads.submit(
                          () -> {
                            work(corpus, pools, next, to);
                            return null;
                          }))
              .toList();
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the fuzz run failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void work(List<byte[]> corpus, List<DecoderPool> pools, AtomicLong next, long to)
      throws IOException {
    ObjectStore store = new FileObjectStore(folder.resolve("objects"));
    List<UploadExtraction> extractions =
        pools.stream().map(pool -> new UploadExtraction(store, pool)).toList();
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
      pools.forEach(pool -> children.sample(pool.pids()));
      if (!run(extractions, upload) && keep != null) {
        Files.write(keep.resolve("seed-" + seed + "-upload-" + number), content);
      }
      store.delete(object.uri());
      progress.accept(tally.ended());
      if (number > 0 && number % LOG_EVERY == 0) {
        LOG.info("{} of {} uploads of seed {}: {}", number, uploads, seed, tally);
      }
    }
  }

  private byte[] content(List<byte[]> corpus, long number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    byte[] good = corpus.get(random.nextInt(corpus.size()));
    List<byte[]> alike = corpus.stream().filter(file -> FuzzCorpus.isAlike(good, file)).toList();
    byte[] other = alike.get(random.nextInt(alike.size()));
    Mutation[] kinds = Mutation.values();
    return kinds[random.nextInt(kinds.length)].apply(good, other, random);
  }

  /** Extracts an upload; false where a marker is wrong or missing, or the two differ. */
  private boolean run(List<UploadExtraction> extractions, VideoUpload upload) {
    long start = System.nanoTime();
    try {
      FuzzOutcome first = FuzzOutcome.of(extractions.get(0), upload);
      double seconds = (System.nanoTime() - start) / NANOS;
      FuzzOutcome second = FuzzOutcome.of(extractions.get(1), upload);
      boolean right = tally.addMarker(first.marker(), first.faces().size(), seconds);
      right &= tally.compare(first, second);
      if (!right) {
        LOG.warn(
            "upload {} of seed {}: {}; {}",
            upload.getVideoId(),
            seed,
            first.marker(),
            second.marker());
      }
      return right;
    } catch (RuntimeException e) {
      LOG.error("upload {} of seed {} ended without a marker", upload.getVideoId(), seed, e);
      tally.addWithoutMarker();
      return false;
    }
  }

  /** The longest that two attempts may take, with the starts of two decoder processes. */
  private double maxSeconds() {
    double attempt =
        config.sandbox().deadline().toSeconds()
            + config.sandbox().deadlineFactor()
                * config.extraction().decoding().limits().maxDuration().toSeconds();
    return 2 * (attempt + CHILD_START_SECONDS);
  }

  private static void restarts(CollectorRegistry registry, Map<String, Double> measured) {
    for (MetricFamilySamples family :
        Collections.list(
            registry.filteredMetricFamilySamples(Set.of("framewarden_decoder_restarts_total")))) {
      family.samples.forEach(
          sample ->
              measured.put(FuzzTally.camel("replaced_" + sample.labelValues.get(0)), sample.value));
    }
  }
}
