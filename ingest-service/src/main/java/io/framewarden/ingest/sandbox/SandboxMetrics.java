package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import io.framewarden.runtime.process.Confinement;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** Metrics of the sandbox. Safe for several threads. */
final class SandboxMetrics {
  private final Gauge children =
      Gauge.build("framewarden_decoder_processes", "Decoder processes that are running.").create();
  private final Gauge offline =
      Gauge.build(
              "framewarden_decoder_network_isolated",
              "1 where decoder processes have no network, 0 where the system does not allow it.")
          .create();
  private final Gauge missing =
      Gauge.build(
              "framewarden_decoder_confinement_missing",
              "What decoder processes are not kept from, as /readyz names it; 0 where nothing is"
                  + " missing.")
          .create();
  private final Counter restarts =
      Counter.build("framewarden_decoder_restarts", "Decoder processes that ended, by reason.")
          .labelNames("reason")
          .create();

  private final HardwareMetrics hardware;

  SandboxMetrics(CollectorRegistry registry, Confinement confinement, HardwareDecoder wanted) {
    registry.register(children);
    registry.register(offline);
    registry.register(missing);
    registry.register(restarts);
    hardware = new HardwareMetrics(registry, wanted);
    offline.set(confinement.isOffline() ? 1 : 0);
    missing(confinement.missingOnceFiltered().size());
    for (ExitCause end : ExitCause.values()) {
      restarts.labels(end.label());
    }
  }

  void missing(int things) {
    missing.set(things);
  }

  void started() {
    children.inc();
  }

  void ended() {
    children.dec();
  }

  /** A child is warm, and decodes as it was told to, or not. */
  void hardware(boolean asTold) {
    hardware.usable(asTold);
  }

  /** Processors decode a video that a GPU was to decode. */
  void fellBack() {
    hardware.fellBack();
  }

  void restarted(ExitCause why) {
    restarts.labels(why.label()).inc();
  }
}
