package io.framewarden.standalone.broker;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process whose only work is to own an embedded broker, so that a test can kill it. */
public final class BrokerParent {
  private BrokerParent() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedBroker broker = new EmbeddedBroker(Path.of(args[0]), 0);
    broker.start();
    broker.awaitReady();
    System.out.println(broker.pid());
    new CountDownLatch(1).await();
  }
}
