package io.framewarden.runtime.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Answers that come before the whole content was read, since nobody wants it. Were the connection
 * closed on a client that still sends, the system would throw away the answer with it, and the
 * client would see a broken connection instead of the reason (RFC 9112, section 9.6). So what still
 * comes is read and dropped for a while, on no thread of its own. A client with more than a little
 * to send is told that the connection ends, so that it may stop and sends nothing after it.
 */
final class RequestBodyDrainer extends Handler.Wrapper {
  /** Bytes of a request that are waited for so that its connection may be used again. */
  private static final long A_LITTLE = 64 * 1024;

  /** Pieces at hand that are looked through for the end of the content before an answer. */
  private static final int AT_HAND = 16;

  private final Duration limit;

  /**
   * @param limit how long content is dropped before the connection is closed under the client
   */
  RequestBodyDrainer(Duration limit) {
    this.limit = limit;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    boolean announced = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (request.getLength() <= 0 && !announced) {
      return super.handle(request, response, callback);
    }
    Watched watched = new Watched(request);
    return super.handle(
        watched, new Announcing(watched, response), new Lingering(watched, callback));
  }

  /** Knows whether the end of the content was read. */
  private static final class Watched extends Request.Wrapper {
    private volatile boolean ended;

    Watched(Request request) {
      super(request);
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk != null && chunk.isLast()) {
        ended = true; // a failure that is final, too
      }
      return chunk;
    }

    /**
     * Whether the connection may be used again, so far as can be said without waiting. The servlet
     * container asks before it answers; were it told the truth by the server, the rest of the
     * content could not be read any more.
     */
    @Override
    public boolean consumeAvailable() {
      return isLittle() || endIsAtHand();
    }

    private boolean isLittle() {
      // Who waits to be asked for the content will not be asked for it.
      return getLength() > 0
          && getLength() <= A_LITTLE
          && !getHeaders().contains(HttpHeader.EXPECT);
    }

    private boolean endIsAtHand() {
      for (int i = 0; i < AT_HAND && !ended; i++) {
        Content.Chunk chunk = read();
        if (chunk == null) {
          break;
        }
        chunk.release();
      }
      return ended;
    }
  }

  /** Says that the connection ends, where it will. */
  private static final class Announcing extends Response.Wrapper {
    private final Watched request;

    Announcing(Watched request, Response response) {
      super(request, response);
      this.request = request;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
      // A handler that answers in pieces may still read.
      if (last && !isCommitted() && !request.consumeAvailable()) {
        getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      super.write(last, content, callback);
    }
  }

  /** Ends the exchange when the content has ended or time is up. */
  private final class Lingering extends Callback.Nested {
    private final Watched request;
    private Scheduler.Task deadline;

    Lingering(Watched request, Callback callback) {
      super(callback);
      this.request = request;
    }

    @Override
    public void succeeded() {
      if (request.ended) {
        super.succeeded();
        return;
      }
      // The pending read ends with the connection, so that it alone ends the exchange.
      deadline =
          getServer()
              .getScheduler()
              .schedule(
                  () -> request.getConnectionMetaData().getConnection().getEndPoint().close(),
                  limit.toMillis(),
                  TimeUnit.MILLISECONDS);
      drop();
    }

    private void drop() {
      while (!request.ended) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(Invocable.from(InvocationType.NON_BLOCKING, this::drop));
          return;
        }
        chunk.release();
      }
      deadline.cancel();
      super.succeeded();
    }
  }
}
