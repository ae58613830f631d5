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

/**
 * The detector process's configuration.
 *
 * @param scorer null unless the role scores
 * @param releases null unless the role scores
 * @param verdicts null unless the role judges videos
 */
record DetectorConfig(
    KafkaConnection kafka,
    HttpSettings http,
    ScorerConfig scorer,
    ReleaseConfig releases,
    VerdictConfig verdicts) {

  private static final int DEFAULT_PORT = 8082;

  /** Reads one role's variables; those of the other may be set and are ignored. */
  static DetectorConfig from(Settings settings) {
    DetectorRole role = settings.choice(DetectorMain.ROLE, DetectorRole.BOTH, DetectorRole.class);
    ScorerConfig scorer = null;
    ReleaseConfig releases = null;
    if (role.scores()) {
      scorer = ScorerConfig.from(settings);
      releases = ReleaseConfig.from(settings);
    } else {
      settings.tolerate(ScorerConfig::from);
      settings.tolerate(ReleaseConfig::from);
    }
    VerdictConfig verdicts = null;
    if (role.judges()) {
      verdicts = VerdictConfig.from(settings);
    } else {
      settings.tolerate(VerdictConfig::from);
    }
    return new DetectorConfig(
        KafkaConnection.from(settings),
        HttpSettings.from(settings, DEFAULT_PORT),
        scorer,
        releases,
        verdicts);
  }

  /**
   * The same configuration with verdicts by the operating point of the model that scores, where
   * this process does both.
   *
   * @throws io.framewarden.schemas.model.InvalidArtifactException when the model is not intact
   * @throws io.framewarden.runtime.config.InvalidConfigurationException when it has no operating
   *     point of the name asked for
   */
  DetectorConfig withModelOperatingPoint() {
    if (scorer == null || verdicts == null) {
      return this;
    }
    ModelManifest model = ModelArtifact.open(scorer.model()).manifest();
    return new DetectorConfig(kafka, http, scorer, releases, verdicts.forModel(model));
  }

  /** The role's services, not started. */
  List<Service> services(CollectorRegistry registry) {
    List<Service> services = new ArrayList<>();
    if (scorer != null) {
      services.add(ScorerRole.service(scorer, releases, kafka, registry));
    }
    if (verdicts != null) {
      services.add(new VerdictService(verdicts, kafka, registry));
    }
    return services;
  }
}
