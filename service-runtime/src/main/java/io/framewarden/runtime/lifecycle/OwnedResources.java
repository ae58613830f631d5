package io.framewarden.runtime.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service opened and must close: last opened, first closed. One that does not close cleanly
 * is logged and leaves the others alone. For one thread.
 */
public final class OwnedResources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnedResources.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Takes a resource over, to be closed by {@link #close}. */
  public <T extends AutoCloseable> T own(T resource) {
    open.push(resource);
    return resource;
  }

  /** Closes everything that is owned; owns nothing afterwards. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable resource = open.pop();
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("{} did not close cleanly", resource.getClass().getSimpleName(), e);
      }
    }
  }
}
