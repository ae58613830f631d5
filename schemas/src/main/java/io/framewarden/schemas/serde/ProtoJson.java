package io.framewarden.schemas.serde;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.framewarden.schemas.text.VisibleText;
import io.framewarden.v1.FailureReason;

/**
 * Writes and reads proto3 JSON. Every field without presence is written, so that a reader can rely
 * on {@code missing: 0} being there; an optional field is written where it is set. 64-bit integers
 * are strings, as proto3 JSON requires. Stateless.
 */
public final class ProtoJson {
  private static final JsonFormat.Printer LINE =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

  private ProtoJson() {}

  /**
   * The message on one line, without characters that control a terminal: see {@link VisibleText}.
   */
  public static String line(Message message) {
    try {
      return VisibleText.of(LINE.print(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message cannot be printed as JSON", e);
    }
  }

  /**
   * Parses JSON into a builder and returns it.
   *
   * @throws UnreadableMessageException when the text is not JSON of that message
   */
  public static <B extends Message.Builder> B parse(String json, B builder) {
    try {
      JsonFormat.parser().merge(json, builder);
      return builder;
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableMessageException(
          FailureReason.UNREADABLE_MESSAGE,
          "not the JSON of " + builder.getDescriptorForType().getName() + ": " + e.getMessage(),
          e);
    }
  }
}
