package io.framewarden.runtime.http;

import io.prometheus.client.Counter;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * So many requests are answered at the same time, as each takes a thread; others hear at once that
 * they are to come back. Probes need no slot: threads are left for them.
 */
final class RequestSlots extends Handler.Wrapper {
  private static final Problem BUSY =
      new Problem(503, "busy", "Too many requests at once", "try again in a moment");

  private final Semaphore slots;
  private final Counter refused;

  /**
   * @param refused counts by a label, the reason
   */
  RequestSlots(int limit, Counter refused) {
    this.slots = new Semaphore(limit);
    this.refused = refused;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (Probes.PATHS.contains(Request.getPathInContext(request))) {
      return super.handle(request, response, callback);
    }
    if (!slots.tryAcquire()) {
      refused.labels(BUSY.label()).inc();
      BUSY.write(response, callback);
      return true;
    }
    Slot slot = new Slot(callback);
    boolean handled = false;
    try {
      handled = super.handle(request, response, slot);
      return handled;
    } finally {
      if (!handled) {
        slot.release();
      }
    }
  }

  private final class Slot extends Callback.Nested {
    private final AtomicBoolean released = new AtomicBoolean();

    Slot(Callback callback) {
      super(callback);
    }

    void release() {
      if (!released.getAndSet(true)) {
        slots.release();
      }
    }

    @Override
    public void succeeded() {
      release(); // before a rest of content is dropped, which takes time and no thread
      super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
      release();
      super.failed(failure);
    }
  }
}
