package io.framewarden.benchmarks.training;

import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.FaceBatch;
import io.framewarden.trainer.training.TrainingConfig;
import io.framewarden.trainer.training.TrainingSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what batches cost: training steps that get theirs from a source, and steps that are
 * given one batch again and again, in turns, so that a noisy machine is unfair to neither. Also
 * whether memory grows from step to step.
 */
public final class TrainingBench {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingBench.class);
  private static final int WARM_UP = 10;
  private static final int TURNS = 4;

  /** By this step a process has all the memory that it keeps; what is added later is a leak. */
  private static final long EARLY = 100;

  private static final Path STATUS = Path.of("/proc/self/status");

  /** Without mapped files: the system loads and evicts pages of the archive. */
  private static final Pattern OWN = Pattern.compile("RssAnon:\\s+(\\d+) kB");

  private static final double KIB_PER_MIB = 1024;
  private static final double NANOS = 1e9;

  private final TrainingConfig config;
  private final BatchSource source;
  private final int ahead;
  private final LongConsumer progress;
  private final LongSupplier clock;
  private final Map<String, Double> early = new LinkedHashMap<>();
  private long next;

  /**
   * A bench of a recipe.
   *
   * @param config its {@code steps} are how many are timed with each kind of batch, at least 4
   * @param source loads batches
   * @param ahead how many of them it keeps ready: they are used up untimed before each turn, or the
   *     source would be credited with what it did while the other was timed
   * @param progress called with the number of steps done, after every step
   */
  public TrainingBench(
      TrainingConfig config, BatchSource source, int ahead, LongConsumer progress) {
    this(config, source, ahead, progress, System::nanoTime);
  }

  /** A bench with a clock of its own, in nanoseconds from any beginning, for tests. */
  TrainingBench(
      TrainingConfig config,
      BatchSource source,
      int ahead,
      LongConsumer progress,
      LongSupplier clock) {
    this.clock = clock;
    this.config = config;
    this.source = source;
    this.ahead = ahead;
    this.progress = progress;
  }

  /** Steps in all, for a progress bar. */
  public long steps() {
    return WARM_UP + (long) TURNS * (2 * perTurn() + ahead + 1);
  }

  private long perTurn() {
    return Math.max(1, config.steps() / TURNS);
  }

  /**
   * Trains, and measures it.
   *
   * @param domains k + 1
   * @return metrics by name: seconds of a step with and without loading, their ratio (1: loading
   *     costs nothing), faces a second, and arrays and MiB (without mapped files) early and at the
   *     end
   */
  public Map<String, Double> run(int domains) {
    try (DidNetwork network = DidNetwork.create(config.network(), domains, config.seed());
        TrainingSteps steps = new TrainingSteps(network, config, List.of())) {
      FaceBatch kept = source.next(next);
      untimed(steps, WARM_UP);
      double loaded = 0;
      double given = 0;
      for (int turn = 0; turn < TURNS; turn++) {
        untimed(steps, ahead + 1);
        loaded += seconds(() -> step(steps, source.next(next)));
        given += seconds(() -> step(steps, kept));
      }
      double count = (double) TURNS * perTurn();
      Map<String, Double> metrics = new LinkedHashMap<>();
      metrics.put("stepSecondsWithLoading", loaded / count);
      metrics.put("stepSecondsWithoutLoading", given / count);
      metrics.put("withoutToWithLoading", given / loaded);
      metrics.put("facesPerSecond", config.batch() * count / loaded);
      metrics.putAll(early);
      metrics.putAll(memory(network));
      return metrics;
    }
  }

  private void untimed(TrainingSteps steps, int count) {
    for (int i = 0; i < count; i++) {
      step(steps, source.next(next));
    }
  }

  private double seconds(Runnable step) {
    long begin = clock.getAsLong();
    for (long i = 0; i < perTurn(); i++) {
      step.run();
    }
    return (clock.getAsLong() - begin) / NANOS;
  }

  private void step(TrainingSteps steps, FaceBatch batch) {
    // The schedules know the recipe's steps only; this may be more of them.
    steps.step(next % config.steps(), batch);
    next++;
    progress.accept(next);
    if (next == Math.min(EARLY, steps() / 2)) {
      early.putAll(memory(steps.network()));
    }
  }

  /** Native arrays of network and steps, and the process' memory where the system reports it. */
  private Map<String, Double> memory(DidNetwork network) {
    Map<String, Double> memory = new LinkedHashMap<>();
    memory.put("nativeArraysAtStep" + next, (double) network.manager().getManagedArrays().size());
    try {
      Matcher own = OWN.matcher(Files.readString(STATUS));
      if (own.find()) {
        memory.put("ownMiBAtStep" + next, Long.parseLong(own.group(1)) / KIB_PER_MIB);
      }
    } catch (IOException e) {
      LOG.info("This system does not report a process' memory in {}", STATUS);
    }
    return memory;
  }
}
