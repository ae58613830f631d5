package io.framewarden.runtime.lifecycle;

import java.util.concurrent.CountDownLatch;

/** The program that {@link ServiceProcessTest} sends a signal to. */
final class SignalledProcess implements Service {
  private final boolean waits;

  private SignalledProcess(boolean waits) {
    this.waits = waits;
  }

  public static void main(String[] args) throws InterruptedException {
    System.exit(ServiceProcess.run(new SignalledProcess(args[0].equals("wait"))));
  }

  @Override
  public String name() {
    return "signalled";
  }

  @Override
  public void start() {
    say("started");
    if (waits) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while starting", e);
      }
    }
  }

  @Override
  public Health health() {
    return Health.ready();
  }

  @Override
  public void close() {
    say("closed");
  }

  private static void say(String what) {
    System.out.println(what + " on " + Thread.currentThread().getName());
  }
}
