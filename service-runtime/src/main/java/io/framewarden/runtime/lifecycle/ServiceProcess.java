package io.framewarden.runtime.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a service as the whole process: until a signal stops it, or it fails. */
public final class ServiceProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);
  private static final Duration WATCH = Duration.ofMillis(500);

  private ServiceProcess() {}

  /**
   * Starts the service, closes it when the JVM is told to stop, and returns when it failed.
   *
   * @return the exit status: 1, since only a failure returns
   */
  public static int run(Service service) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopped.countDown();
                  service.close();
                },
                "shutdown"));
    service.start();
    LOG.info("{} started", service.name());
    while (!stopped.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
      Health health = service.health();
      if (health.isFailed()) {
        LOG.error("{} failed: {}", service.name(), health.detail());
        return 1;
      }
    }
    return 1;
  }
}
