package io.framewarden.runtime.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that do not get the headers of a request together in time, or its content,
 * unless the route lifts that deadline. The first request of a connection has its time from when
 * the connection is opened, each later one from its first byte. The idle limit does not do it: a
 * byte now and then keeps a connection from being idle.
 */
final class RequestDeadlines extends Handler.Wrapper implements Connection.Listener {
  private static final int CHECKS_IN_TIME = 4;

  private final Duration time;
  private final Scheduler scheduler;
  private final Map<Connection, Progress> open = new ConcurrentHashMap<>();

  /** What a connection is waited for. */
  private enum Awaited {
    NOTHING,
    ANY_BYTE,
    HEADERS,
    CONTENT
  }

  RequestDeadlines(Duration time, Scheduler scheduler) {
    this.time = time;
    this.scheduler = scheduler;
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) { // there is one of HTTP on top of it
      open.put(connection, new Progress(connection));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Progress progress = open.get(request.getConnectionMetaData().getConnection());
    if (progress == null) { // closed meanwhile
      return super.handle(request, response, callback);
    }
    boolean content =
        request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    long number = progress.begin(content);
    Request.addCompletionListener(request, failure -> progress.end(number));
    if (!content) {
      return super.handle(request, response, callback);
    }
    request.setAttribute(
        ContentDeadline.class.getName(), (ContentDeadline) () -> progress.awaitNoContent(number));
    Request watched =
        new Request.Wrapper(request) {
          @Override
          public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk != null && chunk.isLast()) {
              progress.awaitNoContent(number);
            }
            return chunk;
          }
        };
    return super.handle(watched, response, callback);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    checkLater();
  }

  private void checkLater() {
    scheduler.schedule(
        () -> {
          open.values().forEach(progress -> progress.check(time.toNanos()));
          if (isRunning() || isStarting()) {
            checkLater();
          }
        },
        Math.max(1, time.toMillis() / CHECKS_IN_TIME),
        TimeUnit.MILLISECONDS);
  }

  /** How far a connection is. */
  private static final class Progress {
    private final Connection connection;
    private Awaited awaited = Awaited.HEADERS;
    private long since = System.nanoTime();
    private long requests;
    private long bytes;

    Progress(Connection connection) {
      this.connection = connection;
    }

    synchronized long begin(boolean content) {
      awaited = content ? Awaited.CONTENT : Awaited.NOTHING;
      since = System.nanoTime();
      return ++requests;
    }

    /** The listener of an earlier request may come when the next one has begun. */
    synchronized void awaitNoContent(long request) {
      if (request == requests && awaited == Awaited.CONTENT) {
        awaited = Awaited.NOTHING;
      }
    }

    synchronized void end(long request) {
      if (request == requests) {
        awaited = Awaited.ANY_BYTE;
        bytes = connection.getBytesIn();
      }
    }

    synchronized void check(long limit) {
      long now = System.nanoTime();
      if (awaited == Awaited.ANY_BYTE && connection.getBytesIn() > bytes) {
        awaited = Awaited.HEADERS;
        since = now;
      }
      boolean waits = awaited == Awaited.HEADERS || awaited == Awaited.CONTENT;
      if (waits && now - since > limit) {
        connection.getEndPoint().close();
      }
    }
  }
}
