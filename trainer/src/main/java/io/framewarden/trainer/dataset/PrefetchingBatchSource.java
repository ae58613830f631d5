package io.framewarden.trainer.dataset;

import io.framewarden.runtime.lifecycle.Threads;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.FaceBatch;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Prepares the batches of the next steps in threads of its own while the network computes. Returns
 * the batches of the source behind it, which must be safe for several threads. One thread calls.
 */
public final class PrefetchingBatchSource implements BatchSource, AutoCloseable {
  private final BatchSource source;
  private final int ahead;
  private final ExecutorService threads;
  private final TreeMap<Long, Future<FaceBatch>> prepared = new TreeMap<>();

  /**
   * @param threads at least 1
   * @param ahead batches to hold ready, at least 1
   */
  public PrefetchingBatchSource(BatchSource source, int threads, int ahead) {
    this.source = source;
    this.ahead = ahead;
    this.threads = Threads.daemonPool("batches", threads);
  }

  @Override
  public FaceBatch next(long step) {
    prepared.headMap(step).clear();
    for (long coming = step; coming <= step + ahead; coming++) {
      prepared.computeIfAbsent(coming, at -> threads.submit(() -> source.next(at)));
    }
    return await(prepared.remove(step));
  }

  /** Waits through an interrupt and keeps it for later: the training ends after a whole step. */
  private static FaceBatch await(Future<FaceBatch> batch) {
    try {
      return Threads.awaitUninterruptibly(batch::get);
    } catch (ExecutionException e) {
      throw Threads.unchecked(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
