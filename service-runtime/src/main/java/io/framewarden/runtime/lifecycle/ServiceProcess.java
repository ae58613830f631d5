package io.framewarden.runtime.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a service as the whole process: until a signal stops it, or it fails. The service is started
 * and closed on the calling thread alone; a signal's thread only asks for it and waits.
 */
public final class ServiceProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);
  private static final Duration HEALTH_CHECK_INTERVAL = Duration.ofMillis(500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(60);

  private final Service service;
  private final Thread runner = Thread.currentThread();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Object startLock = new Object();
  private boolean starting = true;

  private ServiceProcess(Service service) {
    this.service = service;
  }

  /**
   * Starts the service, watches it, and closes it before returning. After a signal the JVM waits
   * for that, a minute at most, and then ends with the signal's own status (143 for SIGTERM).
   *
   * @return the exit status: 0 when told to stop, 1 when the service failed
   * @throws RuntimeException what start threw, once everything is closed
   * @throws InterruptedException when the calling thread was interrupted, likewise
   */
  public static int run(Service service) throws InterruptedException {
    ServiceProcess process = new ServiceProcess(service);
    Thread hook = new Thread(process::stopAndWait, "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return process.runHere();
    } finally {
      process.closed.countDown();
      forget(hook);
    }
  }

  private int runHere() throws InterruptedException {
    try {
      start();
      LOG.info("{} started", service.name());
      return watch();
    } catch (RuntimeException e) {
      if (stop.getCount() > 0) {
        throw e;
      }
      LOG.info("{} stopped while starting: {}", service.name(), e.getMessage());
      return 0;
    } finally {
      service.close();
      LOG.info("{} closed", service.name());
    }
  }

  private void start() {
    try {
      service.start();
    } finally {
      endOfStart();
    }
  }

  private int watch() throws InterruptedException {
    while (!stop.await(HEALTH_CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
      Health health = service.health();
      if (health.isFailed()) {
        LOG.error("{} failed: {}", service.name(), health.detail());
        return 1;
      }
    }
    return 0;
  }

  /** A start that waits (for brokers, say) is interrupted; nothing else is. */
  private void stopAndWait() {
    stop.countDown();
    synchronized (startLock) {
      if (starting) {
        runner.interrupt();
      }
    }
    try {
      if (!closed.await(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} did not close in {}", service.name(), CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From here on no interrupt comes, and one that came is forgotten: closing must not see it. */
  private void endOfStart() {
    synchronized (startLock) {
      starting = false;
      boolean asked = Thread.interrupted();
      if (asked) {
        LOG.debug("{} was interrupted while starting", service.name());
      }
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("the JVM is already stopping", e);
    }
  }
}
