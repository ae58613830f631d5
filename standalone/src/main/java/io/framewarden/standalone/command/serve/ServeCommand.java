package io.framewarden.standalone.command.serve;

import io.framewarden.runtime.command.UserError;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.kafka.BrokerLogin;
import io.framewarden.runtime.kafka.BrokerMarker;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.standalone.command.PipelineOptions;
import io.framewarden.standalone.command.RunningPipeline;
import io.framewarden.standalone.pipeline.Pipeline;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code framewarden serve}: the whole pipeline behind HTTP, until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the whole pipeline and takes uploads over HTTP until it is stopped.",
      "",
      "POST   /v1/videos          upload a video (the request's body is the file)",
      "POST   /v1/uploads         upload one in parts (tus 1.0)",
      "POST   /v1/videos:fromUri  have one fetched from a URI",
      "GET    /v1/videos/{id}     its state and verdict",
      "DELETE /v1/videos/{id}     delete it, its scores and its verdict",
      "GET    /openapi.json, /healthz, /readyz, /metrics",
      "",
      "FRAMEWARDEN_TOKEN_FILE names the tokens that uploads need; without it, only a server on",
      "loopback takes uploads."
    })
public final class ServeCommand implements Callable<Integer> {
  private static final long HEALTH_CHECK_MILLIS = 500;
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "HTTP port (default ${DEFAULT-VALUE}; 0 for any free one).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--probe-port",
      description =
          "Port of /healthz, /readyz and /metrics alone (default: they are on the HTTP port; 0 for"
              + " any free one).")
  private Integer probePort;

  @Option(
      names = "--kafka-port",
      defaultValue = "9092",
      description = "Port of the embedded broker (default ${DEFAULT-VALUE}; 0 for any free one).")
  private int kafkaPort;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = BrokerMarker.DATA_FOLDER,
      description = "Where uploads, topics and verdicts are kept (default ${DEFAULT-VALUE}).")
  private Path dataDir;

  @Mixin private PipelineOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, IOException {
    requireFree("--port", port);
    requireFree("--kafka-port", kafkaPort);
    if (probePort != null) {
      requireFree("--probe-port", probePort);
    }
    CollectorRegistry registry = new CollectorRegistry();
    DefaultExports.register(registry);
    HttpSettings listen =
        new HttpSettings(host, port)
            .withProbePort(probePort == null ? HttpSettings.WITH_THE_REST : probePort);
    try (RunningPipeline running =
        RunningPipeline.start(options, dataDir, kafkaPort, listen, registry)) {
      announce(running.pipeline());
      return watch(running.pipeline());
    }
  }

  /** Better now than after half a minute of starting everything else. */
  private static void requireFree(String option, int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new UserError(option + " " + port + ": a port is a number from 0 to " + MAX_PORT);
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw new UserError(
          "%s %d: cannot be listened on (%s); stop what uses it, name another, or 0 for any"
              .formatted(option, port, e.getMessage()));
    }
  }

  private void announce(Pipeline pipeline) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("framewarden listens on http://" + host + ":" + pipeline.httpPort());
    out.println(
        "verdicts are on topic verdicts at "
            + pipeline.connection().bootstrapServers()
            + ", for Kafka clients that log in by "
            + dataDir.toAbsolutePath().resolve("broker").resolve(BrokerLogin.FILE));
    out.println("data is kept in " + dataDir.toAbsolutePath());
    out.flush();
  }

  private int watch(Pipeline pipeline) throws InterruptedException {
    Health health = pipeline.health();
    while (!health.isFailed()) {
      TimeUnit.MILLISECONDS.sleep(HEALTH_CHECK_MILLIS);
      health = pipeline.health();
    }
    String failure = "the pipeline failed: " + health.detail();
    PrintWriter err = spec.commandLine().getErr();
    err.println(failure + "; stopping the rest"); // which takes its time without a broker
    err.flush();
    throw new IllegalStateException(failure);
  }
}
