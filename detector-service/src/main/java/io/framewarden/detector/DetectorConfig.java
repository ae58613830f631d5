package io.framewarden.detector;

import io.framewarden.detector.release.follow.ReleaseConfig;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.detector.verdict.topology.VerdictService;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The detector process's configuration.
 *
 * @param scorer there when the role scores
 * @param releases there when the role scores
 * @param verdicts there when the role gives verdicts
 */
record DetectorConfig(
    KafkaConnection kafka,
    HttpSettings http,
    Optional<ScorerConfig> scorer,
    Optional<ReleaseConfig> releases,
    Optional<VerdictConfig> verdicts) {

  private static final int PORT = 8082;

  /** Reads one role's variables; those of the other may be there and are not looked at. */
  static DetectorConfig from(Settings settings) {
    DetectorRole role = settings.choice(DetectorMain.ROLE, DetectorRole.BOTH, DetectorRole.class);
    Optional<ScorerConfig> scorer = Optional.empty();
    Optional<ReleaseConfig> releases = Optional.empty();
    if (role.scores()) {
      scorer = Optional.of(ScorerConfig.from(settings));
      releases = Optional.of(ReleaseConfig.from(settings));
    } else {
      settings.tolerate(ScorerConfig::from);
      settings.tolerate(ReleaseConfig::from);
    }
    Optional<VerdictConfig> verdicts = Optional.empty();
    if (role.judges()) {
      verdicts = Optional.of(VerdictConfig.from(settings));
    } else {
      settings.tolerate(VerdictConfig::from);
    }
    return new DetectorConfig(
        KafkaConnection.from(settings),
        HttpSettings.from(settings, PORT),
        scorer,
        releases,
        verdicts);
  }

  /**
   * Verdicts by the thresholds of the model that scores, where this process does both.
   *
   * @throws io.framewarden.schemas.model.InvalidArtifactException when the model is not intact
   * @throws io.framewarden.runtime.config.InvalidConfigurationException when it has no operating
   *     point of the name asked for
   */
  DetectorConfig atTheModelsOperatingPoint() {
    if (scorer.isEmpty() || verdicts.isEmpty()) {
      return this;
    }
    ModelManifest model = ModelArtifact.open(scorer.get().model()).manifest();
    return new DetectorConfig(
        kafka, http, scorer, releases, verdicts.map(config -> config.withOperatingPointOf(model)));
  }

  /** The role's services, not started. */
  List<Service> services(CollectorRegistry registry) {
    List<Service> services = new ArrayList<>();
    scorer.ifPresent(
        config ->
            services.add(ScorerRole.service(config, releases.orElseThrow(), kafka, registry)));
    verdicts.ifPresent(config -> services.add(new VerdictService(config, kafka, registry)));
    return services;
  }
}
