package io.framewarden.ingest.sandbox.wire;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;

/**
 * One message.
 *
 * @param payload owned by the message; nobody changes it
 */
public record Message(MessageKind kind, byte[] payload) {
  /** The payload, to be read from its beginning. */
  public DataInputStream in() {
    return new DataInputStream(new ByteArrayInputStream(payload));
  }
}
