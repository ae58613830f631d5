package io.framewarden.detector;

import io.framewarden.detector.engine.EngineSelection;
import io.framewarden.detector.engine.probe.EngineSelector;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.follow.ReleaseConfig;
import io.framewarden.detector.release.follow.ReleaseMetrics;
import io.framewarden.detector.release.follow.ReleasedModels;
import io.framewarden.detector.rescore.RescoreService;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.scoring.kafka.ScorerService;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The services that score: the released models, the scorer, and the rescorer beside it. */
public final class ScorerRole {
  private ScorerRole() {}

  /**
   * The services, not started, as one.
   *
   * @param registry takes their metrics; one scorer a registry
   */
  public static Service service(
      ScorerConfig config,
      ReleaseConfig releases,
      KafkaConnection kafka,
      CollectorRegistry registry) {
    ScoringMetrics metrics = new ScoringMetrics(registry);
    ReleasedModels models =
        new ReleasedModels(
            releases,
            config.model(),
            kafka,
            closing -> engines(config, metrics, closing),
            metrics::setModel,
            new ReleaseMetrics(registry));
    return new ServiceGroup(
        "scorer",
        List.of(
            models,
            ServiceGroup.independent(
                "scoring",
                List.of(
                    new ScorerService(config, models, kafka, metrics, registry),
                    new RescoreService(
                        config.instance(),
                        models,
                        config.batches().size(),
                        config.policy(),
                        releases.rescoreTimeout(),
                        kafka,
                        registry)))));
  }

  private static ReleasedModels.Engines engines(
      ScorerConfig config, ScoringMetrics metrics, BooleanSupplier closing) {
    EngineSelection selected = new EngineSelector(config.engine()).select(config.model(), closing);
    metrics.setEngine(selected);
    return new ReleasedModels.Engines(
        new ModelLoader(selected.factory(), config.batches().size()), selected.describe());
  }
}
