package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process with two warm children that waits to be killed. */
public final class PoolParent {
  private PoolParent() {}

  public static void main(String[] arguments) throws Exception {
    DecoderPool pool =
        new DecoderPool(
            SandboxConfig.defaults(), 2, ExtractionConfig.defaults(), new CollectorRegistry());
    pool.awaitReady();
    List<Long> pids = pool.pids();
    while (pids.size() < 2) {
      TimeUnit.MILLISECONDS.sleep(20); // not warm perhaps, but started
      pids = pool.pids();
    }
    System.out.println(pids.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    new CountDownLatch(1).await();
  }
}
