package io.framewarden.detector;

import io.framewarden.detector.command.DetectorCommand;
import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.http.HttpService;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.lifecycle.ServiceProcess;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detector process: scorer, verdicts or both, with health and metrics over HTTP. Exit status 0
 * when it is stopped, 1 when a service or any thread failed, 2 for a configuration that cannot be
 * used. With arguments it runs a command instead, see {@link DetectorCommand}.
 */
public final class DetectorMain {
  private static final Logger LOG = LoggerFactory.getLogger(DetectorMain.class);

  @ConfigDescription("What this process does.")
  public static final String ROLE = "FRAMEWARDEN_ROLE";

  private DetectorMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    NativeLibraries.prepare();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          LOG.error("{} died: the process ends", thread.getName(), failure);
          System.exit(1);
        });
    if (arguments.length > 0) {
      System.exit(DetectorCommand.run(arguments));
    }
    Settings settings = new Settings(System.getenv());
    DetectorConfig config = DetectorConfig.from(settings);
    try {
      settings.check();
      config = config.withModelOperatingPoint();
    } catch (InvalidConfigurationException | InvalidArtifactException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    LOG.info("configuration: {}", settings.used());
    CollectorRegistry registry = new CollectorRegistry();
    DefaultExports.register(registry);
    Service detector = new ServiceGroup("detector", config.services(registry));
    Service probes = new HttpService(config.http(), detector, registry, routes -> {});
    System.exit(ServiceProcess.run(new ServiceGroup("process", List.of(probes, detector))));
  }
}
