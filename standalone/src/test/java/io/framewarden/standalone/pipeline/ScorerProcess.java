package io.framewarden.standalone.pipeline;

import io.framewarden.detector.DetectorMain;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A scorer as production runs it: a process of its own, configured by its environment. */
final class ScorerProcess implements AutoCloseable {
  private final Process process;

  private ScorerProcess(Process process) {
    this.process = process;
  }

  static ScorerProcess start(KafkaConnection kafka, Path model, Path log) throws IOException {
    return start(kafka, model, log, Map.of());
  }

  /**
   * As the other.
   *
   * @param more variables of the scorer's own
   */
  static ScorerProcess start(KafkaConnection kafka, Path model, Path log, Map<String, String> more)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaCommand.of(
                DetectorMain.class,
                List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of()));
    builder
        .environment()
        .putAll(
            Map.of(
                "FRAMEWARDEN_ROLE", "scorer",
                "FRAMEWARDEN_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "FRAMEWARDEN_KAFKA_MAX_PARTITIONS", "2",
                "FRAMEWARDEN_HTTP_PORT", "0",
                "FRAMEWARDEN_MODEL_DIR", model.toString()));
    kafka
        .clientProperties()
        .forEach(
            (name, value) ->
                builder
                    .environment()
                    .put(
                        KafkaConnection.CLIENT_PREFIX
                            + name.toUpperCase(Locale.ROOT).replace('.', '_'),
                        value));
    builder.environment().putAll(more);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new ScorerProcess(builder.start());
  }

  /** Kill -9: nothing of it runs any more when this returns. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
