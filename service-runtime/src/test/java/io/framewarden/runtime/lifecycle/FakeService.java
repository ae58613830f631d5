package io.framewarden.runtime.lifecycle;

import java.util.List;

/** A service that writes down what is done to it. */
final class FakeService implements Service {
  private final String name;
  private final List<String> events;
  private final Throwable refusal;
  volatile Health health = Health.ready();

  FakeService(String name, List<String> events) {
    this(name, events, null);
  }

  /** One that does not start. */
  FakeService(String name, List<String> events, Throwable refusal) {
    this.name = name;
    this.events = events;
    this.refusal = refusal;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    events.add("start " + name);
    if (refusal instanceof Error error) {
      throw error;
    }
    if (refusal instanceof RuntimeException exception) {
      throw exception;
    }
  }

  @Override
  public Health health() {
    return health;
  }

  @Override
  public void close() {
    events.add("close " + name);
  }
}
