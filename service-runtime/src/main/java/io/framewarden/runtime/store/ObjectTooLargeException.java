package io.framewarden.runtime.store;

import java.io.IOException;

/** The content was larger than its writer allowed. */
public final class ObjectTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  public ObjectTooLargeException(long limit) {
    super("larger than the limit of " + limit + " bytes");
  }
}
