package io.framewarden.ingest.sandbox.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads messages: four bytes of length (kind and payload), one of kind, the payload. One thread.
 */
public final class MessageReader {
  /** The longest message, kind and payload. */
  public static final int MAX_BYTES = 64 << 10;

  private static final MessageKind[] KINDS = MessageKind.values();

  private final DataInputStream in;

  public MessageReader(InputStream in) {
    this.in = new DataInputStream(new BufferedInputStream(in));
  }

  /**
   * The next message, or empty where the stream ends between two.
   *
   * @throws ProtocolException when what comes is no message; memory is taken for its length only
   *     once that is known to be one
   */
  public Optional<Message> read() throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    int length =
        first << 24
            | in.readUnsignedByte() << 16
            | in.readUnsignedByte() << 8
            | in.readUnsignedByte();
    if (length < 1 || length > MAX_BYTES) {
      throw new ProtocolException("a message of " + length + " bytes");
    }
    int kind = in.readUnsignedByte();
    if (kind >= KINDS.length) {
      throw new ProtocolException("a message of kind " + kind);
    }
    byte[] payload = in.readNBytes(length - 1);
    if (payload.length < length - 1) {
      throw new EOFException("the stream ends within a message");
    }
    return Optional.of(new Message(KINDS[kind], payload));
  }
}
