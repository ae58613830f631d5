package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.detector.scoring.ScoringPolicy;
import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the scorer runs.
 *
 * @param model folder of the model artifact
 * @param engine which engine scores, and how
 * @param batches when a batch is due
 * @param transactions when a transaction is due
 * @param instance a name that this scorer keeps over restarts and shares with no other, or empty.
 *     With one, a restart takes over at once: it first aborts what the crashed process left open,
 *     and the group assigns it the same partitions. Without one, readers wait up to {@link
 *     ScorerClientFactory#TRANSACTION_TIMEOUT} after a crash in mid-transaction.
 * @param policy what is scored, and what is shown
 */
public record ScorerConfig(
    Path model,
    EngineConfig engine,
    Batches batches,
    Transactions transactions,
    String instance,
    ScoringPolicy policy) {

  /**
   * When a batch is due.
   *
   * @param size faces in a full batch
   * @param linger how long a frame waits for its batch to fill
   */
  public record Batches(int size, Duration linger) {}

  /**
   * When a transaction is due.
   *
   * @param maxRecords frames after which it is committed
   * @param maxAge time after which it is committed though not full
   */
  public record Transactions(int maxRecords, Duration maxAge) {}

  @ConfigDescription("Folder of the model artifact.")
  public static final String MODEL_DIR = "FRAMEWARDEN_MODEL_DIR";

  @ConfigDescription("Faces in a full batch.")
  public static final String BATCH_SIZE = "FRAMEWARDEN_SCORER_BATCH_SIZE";

  @ConfigDescription("How long a frame waits for its batch to fill, at most 1s.")
  public static final String LINGER = "FRAMEWARDEN_SCORER_LINGER";

  @ConfigDescription("Frames after which a transaction is committed.")
  public static final String TRANSACTION_RECORDS = "FRAMEWARDEN_SCORER_TRANSACTION_RECORDS";

  @ConfigDescription("Time after which a transaction is committed though not full, at most 5s.")
  public static final String TRANSACTION_AGE = "FRAMEWARDEN_SCORER_TRANSACTION_AGE";

  @ConfigDescription(
      "A lasting name of this scorer, such as its pod's, unique in the consumer group: after a"
          + " restart it takes over its partitions at once.")
  public static final String INSTANCE = "FRAMEWARDEN_SCORER_INSTANCE";

  private static final Duration MAX_LINGER = Duration.ofSeconds(1);
  private static final Duration MAX_TRANSACTION_AGE = Duration.ofSeconds(5);

  public static ScorerConfig from(Settings settings) {
    return new ScorerConfig(
        Path.of(settings.text(MODEL_DIR, "models/default")),
        EngineConfig.from(settings),
        new Batches(
            settings.integer(BATCH_SIZE, 32, 1, 256),
            atMost(settings, LINGER, Duration.ofMillis(20), MAX_LINGER)),
        new Transactions(
            settings.integer(TRANSACTION_RECORDS, 256, 1, 100_000),
            atMost(settings, TRANSACTION_AGE, Duration.ofSeconds(1), MAX_TRANSACTION_AGE)),
        settings.text(INSTANCE, ""),
        ScoringPolicy.from(settings));
  }

  /** The same settings with another engine. */
  public ScorerConfig withEngine(EngineConfig other) {
    return new ScorerConfig(model, other, batches, transactions, instance, policy);
  }

  private static Duration atMost(Settings settings, String name, Duration otherwise, Duration max) {
    Duration value = settings.duration(name, otherwise);
    if (value.compareTo(max) > 0) {
      settings.problem(name + " is " + value.toMillis() + "ms, more than " + max.toMillis() + "ms");
    }
    return value;
  }
}
