package io.framewarden.detector.verdict;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.schemas.model.ModelManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of the verdict service.
 *
 * @param policy how scores become a label
 * @param thresholdsGiven whether the environment sets a threshold of the policy
 * @param timings when verdicts are emitted
 * @param stateDirectory folder of the stores; what is lost there is restored from Kafka
 * @param threads how many stream threads, 1 to 64
 */
public record VerdictConfig(
    VerdictPolicy policy,
    boolean thresholdsGiven,
    VerdictTimings timings,
    Path stateDirectory,
    int threads) {

  @ConfigDescription(
      value =
          "Folder of the state stores, which can be restored from Kafka; a lasting one makes"
              + " restarts quicker.",
      byDefault = "framewarden-state in the temporary folder")
  public static final String STATE_DIR = "FRAMEWARDEN_STATE_DIR";

  @ConfigDescription("Stream threads of this process.")
  public static final String THREADS = "FRAMEWARDEN_VERDICT_THREADS";

  /** Reads the configuration; bad values are reported to the settings. */
  public static VerdictConfig from(Settings settings) {
    boolean thresholdsGiven = PolicySettings.givesThresholds(settings);
    return new VerdictConfig(
        PolicySettings.from(settings),
        thresholdsGiven,
        VerdictTimings.from(settings),
        settings
            .path(STATE_DIR)
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "framewarden-state")),
        settings.integer(THREADS, 1, 1, 64));
  }

  /**
   * The same configuration with what the model does not detect and its thresholds, unless the
   * environment set some: those of the operating point that {@link PolicySettings#OPERATING_POINT}
   * names, or of the model's first where it names none.
   *
   * @throws InvalidConfigurationException when the model has no operating point of that name
   */
  public VerdictConfig forModel(ModelManifest model) {
    List<ModelManifest.OperatingPoint> points = model.operatingPoints();
    if (thresholdsGiven || points.isEmpty()) {
      return with(policy.forModel(model, policy.operatingPoint()));
    }
    String name = policy.operatingPoint().name();
    Optional<ModelManifest.OperatingPoint> named =
        points.stream().filter(point -> point.name().equals(name)).findFirst();
    if (named.isEmpty() && !name.equals(PolicySettings.DEFAULTS.operatingPoint().name())) {
      throw new InvalidConfigurationException(
          List.of(
              PolicySettings.OPERATING_POINT
                  + " is "
                  + name
                  + ", but the model has "
                  + points.stream().map(ModelManifest.OperatingPoint::name).toList()
                  + "; name one of them, or set thresholds"));
    }
    return with(policy.forModel(model, named.orElse(points.get(0))));
  }

  private VerdictConfig with(VerdictPolicy another) {
    return new VerdictConfig(another, thresholdsGiven, timings, stateDirectory, threads);
  }
}
