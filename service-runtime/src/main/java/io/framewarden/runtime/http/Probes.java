package io.framewarden.runtime.http;

import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Set;

/** The routes that tell how a process is. */
final class Probes {
  private static final String HEALTH = "/healthz";
  private static final String READINESS = "/readyz";
  private static final String METRICS = "/metrics";
  static final Set<String> PATHS = Set.of(HEALTH, READINESS, METRICS);
  private static final int UNAVAILABLE = 503;

  private final Service watched;
  private final CollectorRegistry registry;

  Probes(Service watched, CollectorRegistry registry) {
    this.watched = watched;
    this.registry = registry;
  }

  void addTo(RoutesConfig routes) {
    routes.get(HEALTH, this::healthz);
    routes.get(READINESS, this::readyz);
    routes.get(METRICS, this::metrics);
  }

  private void healthz(Context context) {
    Health health = watched.health();
    answer(context, health, !health.isFailed());
  }

  private void readyz(Context context) {
    Health health = watched.health();
    answer(context, health, health.isReady());
  }

  /** The first word is for scripts, the rest for people. */
  private static void answer(Context context, Health health, boolean good) {
    context.status(good ? 200 : UNAVAILABLE);
    boolean silent = health.detail().isEmpty() || (good && !health.isReady());
    String detail = silent ? "" : ": " + health.detail();
    context.result((good ? "ok" : health.state()) + detail + "\n");
  }

  private void metrics(Context context) throws IOException {
    String type = TextFormat.chooseContentType(context.header("Accept"));
    StringWriter text = new StringWriter();
    TextFormat.writeFormat(type, text, registry.metricFamilySamples());
    context.contentType(type);
    context.result(text.toString());
  }
}
