package io.framewarden.standalone.pipeline;

import io.framewarden.detector.DetectorMain;
import io.framewarden.detector.release.follow.ReleaseConfig;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.ingest.Ingest;
import io.framewarden.ingest.http.UploadApiConfig;
import io.framewarden.ingest.sources.SourcesConfig;
import io.framewarden.ingest.tus.StagingConfig;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.schemas.model.ModelArtifact;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything that a standalone pipeline is made of. The services read the same variables as when
 * they run alone; what only one process can know (folders, the broker's address) is filled in.
 */
public record StandaloneConfig(
    DataFolder data,
    int brokerPort,
    Ingest.Config ingest,
    ScorerConfig scorer,
    ReleaseConfig releases,
    VerdictConfig verdict) {

  /**
   * @param environment variables of all services
   * @param data where the pipeline keeps its data
   * @param brokerPort where the broker listens; 0 for any free port
   * @param model the artifact folder to score with
   * @throws io.framewarden.runtime.config.InvalidConfigurationException naming every bad variable
   * @throws io.framewarden.schemas.model.InvalidArtifactException when the model is not intact
   */
  public static StandaloneConfig from(
      Map<String, String> environment, DataFolder data, int brokerPort, Path model) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(ScorerConfig.MODEL_DIR, model.toString());
    variables.put(VerdictConfig.STATE_DIR, data.state().toString());
    variables.putIfAbsent(StoreConfig.STORE, data.objects().toString());
    variables.putIfAbsent(ReleaseConfig.CACHE_DIR, data.models().toString());
    variables.put(StagingConfig.FOLDER, data.staging().toString());
    variables.putIfAbsent(ScorerConfig.INSTANCE, "standalone");
    variables.putIfAbsent(ExtractionConfig.FOR_MODEL, model.toString());
    Settings settings = new Settings(variables);
    StandaloneConfig config =
        new StandaloneConfig(
            data,
            brokerPort,
            Ingest.Config.from(settings),
            ScorerConfig.from(settings),
            ReleaseConfig.from(settings),
            VerdictConfig.from(settings).forModel(ModelArtifact.open(model).manifest()));
    settings.tolerate(StandaloneConfig::readWhatOthersRead);
    settings.check();
    return config;
  }

  /**
   * Reads the variables that configure only processes of their own, or other brokers. A shell may
   * hold them, and a command that does not need them must not stumble over them.
   */
  public static void readWhatOthersRead(Settings settings) {
    KafkaConnection.from(settings);
    HttpSettings.from(settings, 0);
    settings.tolerate(StoreConfig::from);
    UploadApiConfig.from(settings, DecodeLimits.defaults());
    SourcesConfig.from(settings);
    settings.text(DetectorMain.ROLE, "");
    settings.tolerate(ReleaseConfig::from);
  }
}
