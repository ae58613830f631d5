package io.framewarden.runtime.lifecycle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several services as one: started in order, closed in reverse unless they are independent, as
 * healthy as the worst of them.
 */
public final class ServiceGroup implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceGroup.class);

  private final String name;
  private final List<Service> services;
  private final boolean independent;
  private final Deque<Service> started = new ArrayDeque<>();

  /** Services of which each may need those before it. */
  public ServiceGroup(String name, List<? extends Service> services) {
    this(name, services, false);
  }

  private ServiceGroup(String name, List<? extends Service> services, boolean independent) {
    this.name = name;
    this.services = List.copyOf(services);
    this.independent = independent;
  }

  /** Services that do not need each other: they are closed at the same time. */
  public static ServiceGroup independent(String name, List<? extends Service> services) {
    return new ServiceGroup(name, services, true);
  }

  @Override
  public String name() {
    return name;
  }

  /** Starts all; when one refuses, those already started are closed and its exception thrown. */
  @Override
  public void start() {
    for (Service service : services) {
      try {
        started.push(service);
        service.start();
      } catch (RuntimeException | Error e) { // natives that do not load are errors
        close();
        throw e;
      }
    }
  }

  @Override
  public Health health() {
    Health worst = Health.ready();
    List<String> details = new ArrayList<>();
    for (Service service : services) {
      Health health = service.health();
      if (health.isFailed()) {
        return named(service, health);
      }
      if (!health.isReady() && worst.isReady()) {
        worst = named(service, health);
      }
      if (!health.detail().isEmpty()) {
        details.add(named(service, health).detail());
      }
    }
    return worst.isReady() ? Health.ready(String.join("; ", details)) : worst;
  }

  @Override
  public void close() {
    List<Thread> closing = new ArrayList<>();
    while (!started.isEmpty()) {
      Service service = started.pop();
      if (!independent || started.isEmpty()) {
        close(service);
      } else {
        Thread thread = new Thread(() -> close(service), "close " + service.name());
        thread.start();
        closing.add(thread);
      }
    }
    for (Thread thread : closing) {
      Threads.awaitUninterruptibly(
          () -> {
            thread.join();
            return null;
          });
    }
  }

  private static void close(Service service) {
    try {
      service.close();
    } catch (RuntimeException | Error e) {
      LOG.warn("{} did not close cleanly", service.name(), e);
    }
  }

  private static Health named(Service service, Health health) {
    return new Health(health.state(), service.name() + ": " + health.detail());
  }
}
