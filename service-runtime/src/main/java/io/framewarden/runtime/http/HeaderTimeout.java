package io.framewarden.runtime.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that do not get the headers of a first request together in time. The idle
 * limit does not: a byte now and then keeps a connection from being idle.
 */
final class HeaderTimeout implements Connection.Listener {
  private final Duration time;
  private final Scheduler scheduler;
  private final Map<Connection, Scheduler.Task> waiting = new ConcurrentHashMap<>();

  HeaderTimeout(Duration time, Scheduler scheduler) {
    this.time = time;
    this.scheduler = scheduler;
  }

  @Override
  public void onOpened(Connection connection) {
    waiting.put(
        connection,
        scheduler.schedule(() -> check(connection), time.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public void onClosed(Connection connection) {
    Scheduler.Task task = waiting.remove(connection);
    if (task != null) {
      task.cancel();
    }
  }

  private void check(Connection connection) {
    waiting.remove(connection);
    if (connection.getMessagesIn() == 0) {
      connection.getEndPoint().close();
    }
  }
}
