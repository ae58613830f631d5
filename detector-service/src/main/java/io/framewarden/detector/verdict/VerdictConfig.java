package io.framewarden.detector.verdict;

import io.framewarden.runtime.config.Settings;
import io.framewarden.schemas.model.ModelManifest;
import java.nio.file.Path;

/**
 * Everything that the verdict service can be told.
 *
 * @param policy how scores become a label
 * @param thresholdsGiven whether the environment set a threshold of the policy
 * @param times when verdicts are given
 * @param stateDirectory where the stores are kept; they can be restored from Kafka
 * @param threads stream threads
 */
public record VerdictConfig(
    VerdictPolicy policy,
    boolean thresholdsGiven,
    VerdictTimes times,
    Path stateDirectory,
    int threads) {

  /** Folder of the stores; a lasting one makes restarts quicker. */
  public static final String STATE_DIR = "FRAMEWARDEN_STATE_DIR";

  /** Stream threads of this process. */
  public static final String THREADS = "FRAMEWARDEN_VERDICT_THREADS";

  public static VerdictConfig from(Settings settings) {
    boolean thresholdsGiven = PolicySettings.givesThresholds(settings);
    return new VerdictConfig(
        PolicySettings.from(settings),
        thresholdsGiven,
        VerdictTimes.from(settings),
        settings
            .path(STATE_DIR)
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "framewarden-state")),
        settings.integer(THREADS, 1, 1, 64));
  }

  /** A model's own operating point, unless the environment gave thresholds. */
  public VerdictConfig withModelOperatingPoint(ModelManifest.OperatingPoint point) {
    return thresholdsGiven
        ? this
        : new VerdictConfig(
            policy.withOperatingPoint(point), false, times, stateDirectory, threads);
  }

  /** The stores in another folder. */
  public VerdictConfig withStateDirectory(Path directory) {
    return new VerdictConfig(policy, thresholdsGiven, times, directory, threads);
  }
}
