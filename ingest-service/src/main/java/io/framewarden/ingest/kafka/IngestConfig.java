package io.framewarden.ingest.kafka;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.ingest.pace.ThrottleConfig;
import io.framewarden.ingest.sandbox.SandboxConfig;
import io.framewarden.runtime.config.Settings;

/**
 * How ingest works.
 *
 * @param extraction sampling, decoder and face detector
 * @param workers how many videos are extracted at the same time, and how that ends
 * @param sandbox where videos are decoded, and what confines that
 * @param pace when extraction waits for the scorers
 * @param retries when an extraction is tried again
 */
public record IngestConfig(
    ExtractionConfig extraction,
    WorkerConfig workers,
    SandboxConfig sandbox,
    ThrottleConfig pace,
    RetryConfig retries) {

  public static IngestConfig defaults() {
    return new IngestConfig(
        ExtractionConfig.defaults(),
        WorkerConfig.defaults(),
        SandboxConfig.defaults(),
        ThrottleConfig.defaults(),
        RetryConfig.defaults());
  }

  public static IngestConfig from(Settings settings) {
    WorkerConfig workers = WorkerConfig.from(settings);
    return new IngestConfig(
        ExtractionConfig.from(settings, workers.count()),
        workers,
        SandboxConfig.from(settings),
        ThrottleConfig.from(settings),
        RetryConfig.from(settings));
  }
}
