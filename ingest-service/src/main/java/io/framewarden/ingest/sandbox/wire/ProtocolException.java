package io.framewarden.ingest.sandbox.wire;

import java.io.IOException;

/** The other side sent what it never should. */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }
}
