package io.framewarden.standalone.command;

import io.framewarden.ingest.kafka.RetryConfig;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.standalone.pipeline.Pipeline;
import io.framewarden.standalone.pipeline.StandaloneConfig;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A started pipeline and its workspace, closed once: by the command that is done, or by the
 * shutdown that interrupts it.
 */
public final class RunningPipeline implements AutoCloseable {
  /** A command that waits for its verdicts shall not wait for hours. */
  private static final Map<String, String> WITHOUT_RETRIES = Map.of(RetryConfig.TRIES, "0");

  private final Workspace workspace;
  private final Pipeline pipeline;
  private final Thread interruption = new Thread(this::closeOnce, "shutdown");
  private boolean closed;

  private RunningPipeline(Workspace workspace, Pipeline pipeline) {
    this.workspace = workspace;
    this.pipeline = pipeline;
  }

  /**
   * Starts a pipeline without HTTP, its broker on any free port of loopback.
   *
   * @param data the data folder, or null for a temporary one
   * @throws IOException when a folder or the object store cannot be used
   */
  public static RunningPipeline start(
      PipelineOptions options, Path data, CollectorRegistry registry) throws IOException {
    return start(options, data, 0, null, registry);
  }

  /**
   * Starts a pipeline behind HTTP.
   *
   * @param data the data folder, or null for a temporary one
   * @param brokerPort 0 for any free port
   * @param listen where the upload API listens; null for no HTTP
   * @throws IOException when a folder or the object store cannot be used
   */
  public static RunningPipeline start(
      PipelineOptions options,
      Path data,
      int brokerPort,
      HttpSettings listen,
      CollectorRegistry registry)
      throws IOException {
    Workspace workspace = Workspace.open(data);
    try {
      StandaloneConfig config =
          options.config(
              workspace.folder(), brokerPort, listen == null ? WITHOUT_RETRIES : Map.of());
      RunningPipeline running =
          new RunningPipeline(workspace, new Pipeline(config, listen, registry));
      Runtime.getRuntime().addShutdownHook(running.interruption);
      running.pipeline.start();
      return running;
    } catch (UncheckedIOException e) {
      workspace.close();
      throw e.getCause();
    } catch (RuntimeException e) {
      workspace.close();
      throw e;
    }
  }

  public Pipeline pipeline() {
    return pipeline;
  }

  @Override
  public void close() {
    closeOnce();
    try {
      Runtime.getRuntime().removeShutdownHook(interruption);
    } catch (IllegalStateException e) {
      // already shutting down; the hook has nothing left to do
    }
  }

  private synchronized void closeOnce() {
    if (!closed) {
      closed = true;
      pipeline.close();
      workspace.close();
    }
  }
}
