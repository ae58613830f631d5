package io.framewarden.ingest.sandbox;

import io.framewarden.ingest.extract.SamplingPolicy;
import io.framewarden.ingest.face.FaceDetectorConfig;
import io.framewarden.ingest.ffmpeg.DecodeOptions;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process with two warm children that waits to be killed. */
public final class PoolParent {
  private PoolParent() {}

  public static void main(String[] arguments) throws Exception {
    DecoderPool pool =
        new DecoderPool(
            SandboxConfig.defaults(),
            2,
            DecodeOptions.defaults(),
            SamplingPolicy.defaults(),
            FaceDetectorConfig.defaults(),
            new CollectorRegistry());
    pool.awaitReady();
    List<Long> pids = pool.pids();
    while (pids.size() < 2) {
      pids = pool.pids();
    }
    Path file = Path.of(arguments[0]);
    Path written = file.resolveSibling("writing");
    Files.write(written, pids.stream().map(String::valueOf).toList());
    Files.move(written, file);
    new CountDownLatch(1).await();
  }
}
