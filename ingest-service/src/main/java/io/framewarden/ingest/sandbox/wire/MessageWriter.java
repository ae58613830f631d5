package io.framewarden.ingest.sandbox.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes messages as {@link MessageReader} reads them, each at once. One thread. */
public final class MessageWriter {

  /** Writes a payload. */
  @FunctionalInterface
  public interface Payload {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private final OutputStream out;

  public MessageWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes and flushes one message. */
  public void write(MessageKind kind, Payload payload) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream(256);
    DataOutputStream data = new DataOutputStream(message);
    data.writeInt(0); // the length, once it is known
    data.writeByte(kind.ordinal());
    payload.writeTo(data);
    byte[] bytes = message.toByteArray();
    int length = bytes.length - Integer.BYTES;
    if (length > MessageReader.MAX_BYTES) {
      throw new ProtocolException("a message of " + length + " bytes is too long to be sent");
    }
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[i] = (byte) (length >>> (24 - 8 * i));
    }
    out.write(bytes);
    out.flush();
  }
}
