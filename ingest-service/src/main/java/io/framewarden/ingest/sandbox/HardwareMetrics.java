package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** What is counted of decoding on GPUs, where that is configured. Safe for several threads. */
final class HardwareMetrics {
  private final Gauge usable =
      Gauge.build(
              "framewarden_decoder_hardware",
              "1 where the configured GPU decodes, 0 where processors decode for want of it.")
          .create();
  private final Counter fallbacks =
      Counter.build(
              "framewarden_decoder_hardware_fallbacks",
              "Videos that processors decoded though a GPU was to.")
          .create();

  HardwareMetrics(CollectorRegistry registry, HardwareDecoder wanted) {
    if (wanted != HardwareDecoder.NONE) {
      registry.register(usable);
      registry.register(fallbacks);
    }
  }

  void usable(boolean is) {
    usable.set(is ? 1 : 0);
  }

  void fellBack() {
    fallbacks.inc();
  }
}
