package io.framewarden.ingest.http;

import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.ProblemType;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.function.IntSupplier;

/** Metrics of the API. Safe for several threads. */
final class HttpMetrics {
  private final Counter problems =
      Counter.build("framewarden_http_problems", "Requests answered by a problem, by its type.")
          .labelNames("type")
          .create();
  private final Counter received =
      Counter.build("framewarden_http_received_bytes", "Bytes of content that came or was fetched.")
          .create();
  private final Gauge open =
      Gauge.build("framewarden_http_uploads_open", "Requests whose content is being read.")
          .create();

  HttpMetrics(CollectorRegistry registry, IntSupplier unfinished, VideoStatusIndex videos) {
    registry.register(problems);
    registry.register(received);
    registry.register(open);
    gauge("framewarden_resumable_uploads", "Resumable uploads that are unfinished.", unfinished)
        .register(registry);
    gauge("framewarden_videos_waiting", "Videos that are not extracted yet.", videos::waiting)
        .register(registry);
    gauge(
            "framewarden_extraction_retries_waiting",
            "Videos whose extraction failed for a reason that is not theirs and is tried again.",
            videos::retries)
        .register(registry);
  }

  private static Gauge gauge(String name, String help, IntSupplier value) {
    return Gauge.build(name, help)
        .create()
        .setChild(
            new Gauge.Child() {
              @Override
              public double get() {
                return value.getAsInt();
              }
            });
  }

  void problem(ProblemType type) {
    problems.labels(type.label()).inc();
  }

  void received(long bytes) {
    received.inc(bytes);
  }

  void opened() {
    open.inc();
  }

  void closed() {
    open.dec();
  }
}
