package io.framewarden.runtime.http;

import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /healthz} (200 until a part has failed), {@code /readyz} (200 when every part is ready)
 * and {@code /metrics} (Prometheus text), beside the routes of the process. HEAD is answered as GET
 * is, on every route.
 */
public final class HttpService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);
  private static final int UNAVAILABLE = 503;

  /** How long a client that was answered early may go on sending. */
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

  /** How long requests that are being answered may take when it is closed. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final HttpSettings settings;
  private final Service watched;
  private final CollectorRegistry registry;
  private final Javalin server;
  private final GracefulHandler requests = new GracefulHandler();
  private volatile boolean running;

  /**
   * @param watched whose health the probes report
   * @param registry what /metrics shows
   * @param routes the process's own routes
   */
  public HttpService(
      HttpSettings settings,
      Service watched,
      CollectorRegistry registry,
      Consumer<RoutesConfig> routes) {
    this.settings = settings;
    this.watched = watched;
    this.registry = registry;
    this.server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.http.prefer405over404 = true;
              config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
              config.jetty.modifyServer(server -> harden(server, settings.headerTime(), requests));
              answerHeadLikeGet(config);
              config.routes.get("/healthz", this::healthz);
              config.routes.get("/readyz", this::readyz);
              config.routes.get("/metrics", this::metrics);
              routes.accept(config.routes);
            });
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public void start() {
    try {
      server.start(settings.host(), settings.port());
    } catch (JavalinBindException e) {
      throw new IllegalStateException(
          "cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + "; choose another port (0 takes any free one)",
          e);
    }
    running = true;
  }

  /** The port that is listened on, also when 0 was asked for. */
  public int port() {
    return server.port();
  }

  @Override
  public Health health() {
    return running ? Health.ready() : Health.starting("not listening");
  }

  /** New requests get 503, those under way their answer, and then nothing is listened to. */
  @Override
  public void close() {
    if (running) {
      running = false;
      awaitAnswers();
    }
    server.stop();
  }

  private void awaitAnswers() {
    try {
      requests.shutdown().get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("requests are cut off: they were not answered in {}", CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * HEAD is GET without the body, which the server leaves out. Left to itself the framework answers
   * HEAD with 200 wherever GET has a route, whatever GET would be answered: a load balancer that
   * probes by HEAD would never hear of a service that is not ready.
   */
  private static void answerHeadLikeGet(JavalinConfig config) {
    config.events.handlerAdded(
        added -> {
          if (added.getHttpMethod() == HandlerType.GET) {
            config.routes.head(added.getPath(), added.getHandler());
          }
        });
  }

  private static void harden(Server server, Duration headerTime, GracefulHandler requests) {
    server.setErrorHandler(new ServerErrorHandler());
    requests.setHandler(new RequestBodyDrainer(DRAIN_TIMEOUT)); // its clients are waited for, too
    server.setHandler(requests);
    HeaderTimeout deadline = new HeaderTimeout(headerTime, server.getScheduler());
    server.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStarting(LifeCycle starting) {
            for (Connector connector : server.getConnectors()) {
              if (connector instanceof AbstractConnector accepting) {
                accepting.addBean(deadline);
              }
            }
          }
        });
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
