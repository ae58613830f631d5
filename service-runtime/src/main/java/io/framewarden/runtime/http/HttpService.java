package io.framewarden.runtime.http;

import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /healthz} (200 until a part has failed), {@code /readyz} (200 when every part is ready)
 * and {@code /metrics} (Prometheus text), beside the routes of the process or on a port of their
 * own. They are answered also while everything else is busy. HEAD is answered as GET is, on every
 * route. What web pages of others make a browser send is refused.
 */
public final class HttpService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

  /** How long a client that was answered early may go on sending. */
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

  /** How long requests that are being answered may take when it is closed. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** Of the server's 250, those that accept, select and answer probes whatever else goes on. */
  private static final int RESERVED_THREADS = 20;

  private static final int PROBE_THREADS = 16;

  private final HttpSettings settings;
  private final BrowserAccess browsers;
  private final Javalin server;

  /** Null where the probes are on the server's own port. */
  private final Javalin probes;

  private final Counter refused =
      Counter.build(
              "framewarden_http_refused", "Requests refused before any route saw them, by reason.")
          .labelNames("reason")
          .create();
  private final GracefulHandler requests = new GracefulHandler();
  private volatile boolean running;

  /** For browsers that call the server by its own address, on its own pages. */
  public HttpService(
      HttpSettings settings,
      Service watched,
      CollectorRegistry registry,
      Consumer<RoutesConfig> routes) {
    this(settings, BrowserAccess.OWN, watched, registry, routes);
  }

  /**
   * @param browsers what else browsers may do
   * @param watched whose health the probes report
   * @param registry what /metrics shows
   * @param routes the process's own routes
   */
  public HttpService(
      HttpSettings settings,
      BrowserAccess browsers,
      Service watched,
      CollectorRegistry registry,
      Consumer<RoutesConfig> routes) {
    this.settings = settings;
    this.browsers = browsers;
    registry.register(refused);
    Probes own = new Probes(watched, registry);
    if (settings.probePort() == HttpSettings.WITH_THE_REST) {
      this.probes = null;
      this.server =
          server(
              requests,
              config -> {
                own.addTo(config.routes);
                routes.accept(config.routes);
              });
    } else {
      this.server = server(requests, config -> routes.accept(config.routes));
      this.probes =
          server(
              new GracefulHandler(),
              config -> {
                config.jetty.threadPool = new QueuedThreadPool(PROBE_THREADS);
                own.addTo(config.routes);
              });
    }
  }

  private Javalin server(GracefulHandler graceful, Consumer<JavalinConfig> rest) {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.http.prefer405over404 = true;
          config.jetty.modifyHttpConfiguration(
              http -> {
                http.setSendServerVersion(false);
                http.addCustomizer(new SecurityHeaders());
              });
          config.jetty.modifyServer(server -> harden(server, graceful));
          answerHeadLikeGet(config);
          rest.accept(config);
        });
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public void start() {
    listen(server, settings.port());
    if (probes != null) {
      try {
        listen(probes, settings.probePort());
      } catch (IllegalStateException e) {
        server.stop();
        throw e;
      }
      LOG.info("health, readiness and metrics are on port {}", probes.port());
    }
    running = true;
  }

  private void listen(Javalin on, int port) {
    try {
      on.start(settings.host(), port);
    } catch (JavalinBindException e) {
      throw new IllegalStateException(
          "cannot listen on "
              + settings.host()
              + ":"
              + port
              + "; choose another port (0 takes any free one)",
          e);
    }
  }

  /** The port that is listened on, also when 0 was asked for. */
  public int port() {
    return server.port();
  }

  /** The port of the probes, which may be the other one. */
  public int probePort() {
    return probes == null ? server.port() : probes.port();
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
    if (probes != null) {
      probes.stop();
    }
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

  /** From the outside in; the routes are put in the middle. */
  private void harden(Server hardened, GracefulHandler graceful) {
    hardened.setErrorHandler(new ServerErrorHandler());
    RequestDeadlines deadlines =
        new RequestDeadlines(settings.headerTime(), hardened.getScheduler());
    int threads = ((ThreadPool.SizedThreadPool) hardened.getThreadPool()).getMaxThreads();
    List<Handler.Wrapper> layers =
        List.of(
            graceful,
            deadlines,
            new RequestBodyDrainer(DRAIN_TIMEOUT), // its clients are waited for, too
            new BrowserGuard(settings, browsers, refused),
            new MethodOverride(),
            new RequestSlots(Math.max(1, threads - RESERVED_THREADS), refused));
    for (int i = 1; i < layers.size(); i++) {
      layers.get(i - 1).setHandler(layers.get(i));
    }
    hardened.setHandler(layers.get(0));
    hardened.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStarting(LifeCycle starting) {
            for (Connector connector : hardened.getConnectors()) {
              if (connector instanceof AbstractConnector accepting) {
                accepting.addBean(deadlines);
              }
            }
          }
        });
  }
}
