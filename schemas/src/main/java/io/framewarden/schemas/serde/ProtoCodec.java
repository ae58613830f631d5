package io.framewarden.schemas.serde;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.framewarden.v1.FailureReason;
import java.util.function.Consumer;

/**
 * Encodes a message as plain Protobuf bytes, and checks its contract when it decodes them. A
 * decoded message shares its bytes with the array that it was read from, which must not be changed
 * afterwards. Safe for several threads.
 *
 * @param <T> the message
 */
public final class ProtoCodec<T extends Message> implements Codec<T> {
  private final T prototype;
  private final Parser<T> parser;
  private final Consumer<T> contract;

  /**
   * @param prototype the message's default instance
   * @param contract throws {@link IllegalArgumentException} with what is wrong when a message must
   *     not be used
   */
  @SuppressWarnings("unchecked") // a message's own parser gives that message
  public ProtoCodec(T prototype, Consumer<T> contract) {
    this.prototype = prototype;
    this.parser = (Parser<T>) prototype.getParserForType();
    this.contract = contract;
  }

  @Override
  public byte[] encode(T value) {
    return value == null ? null : value.toByteArray();
  }

  @Override
  public T decode(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    T message = parse(bytes);
    try {
      contract.accept(message);
    } catch (IllegalArgumentException e) {
      throw new UnreadableMessageException(
          FailureReason.INVALID_MESSAGE, name() + ": " + e.getMessage(), e);
    }
    return message;
  }

  private T parse(byte[] bytes) {
    try {
      // Aliasing leaves pixels where they are: copying them is most of the work of reading them.
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      input.enableAliasing(true);
      T message = parser.parseFrom(input);
      input.checkLastTagWas(0);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableMessageException(
          FailureReason.UNREADABLE_MESSAGE,
          bytes.length + " bytes are not a " + name() + " message: " + e.getMessage(),
          e);
    }
  }

  private String name() {
    return prototype.getDescriptorForType().getName();
  }
}
