package io.framewarden.ingest;

import io.framewarden.ingest.pace.DiskRoom;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.lifecycle.ServiceProcess;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.runtime.store.factory.ObjectStores;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ingest process: uploads over HTTP and extraction, with health and metrics. */
public final class IngestMain {
  private static final Logger LOG = LoggerFactory.getLogger(IngestMain.class);
  private static final int PORT = 8081;

  private IngestMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    NativeLibraries.prepare();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          LOG.error("{} died: the process ends", thread.getName(), failure);
          System.exit(1);
        });
    Settings settings = new Settings(System.getenv());
    KafkaConnection kafka = KafkaConnection.from(settings);
    Ingest.Config config = Ingest.Config.from(settings);
    HttpSettings listen = HttpSettings.from(settings, PORT);
    StoreConfig store = StoreConfig.from(settings);
    try {
      settings.check();
    } catch (InvalidConfigurationException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    LOG.info("configuration: {}", settings.used());
    CollectorRegistry registry = new CollectorRegistry();
    DefaultExports.register(registry);
    int status;
    try (ObjectStore objects = ObjectStores.open(store)) {
      Ingest ingest = new Ingest(config, listen, kafka, objects, DiskRoom.UNKNOWN, registry);
      // Probes first: they tell what the rest waits for.
      status =
          ServiceProcess.run(
              new ServiceGroup("ingest process", List.of(ingest.server(ingest), ingest)));
    }
    System.exit(status);
  }
}
