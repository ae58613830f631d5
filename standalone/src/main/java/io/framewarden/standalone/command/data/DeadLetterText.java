package io.framewarden.standalone.command.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.runtime.kafka.DeadLetter;
import io.framewarden.schemas.text.VisibleText;
import java.util.OptionalLong;

/** One dead letter on one line. */
final class DeadLetterText {
  private static final String UNKNOWN = "-";

  private static final ObjectMapper JSON = new ObjectMapper();

  private DeadLetterText() {}

  /** For people: when, which letter, from where, why, how large. */
  static String line(DeadLetter letter) {
    return VisibleText.of(
        String.join(
            "  ",
            letter.time().toString(),
            letter.partition() + ":" + letter.offset(),
            origin(letter),
            orUnknown(letter.reason()),
            letter.value().remaining() + " bytes",
            letter.message()));
  }

  /** {@code {"time", "partition", "offset", "reason", "message", "bytes", "key", "origin"}}. */
  static String json(DeadLetter letter) {
    ObjectNode object =
        JSON.createObjectNode()
            .put("time", letter.time().toString())
            .put("partition", letter.partition())
            .put("offset", letter.offset())
            .put("reason", letter.reason())
            .put("message", letter.message())
            .put("bytes", letter.value().remaining())
            .put("key", letter.key());
    ObjectNode origin = object.putObject("origin").put("topic", letter.originTopic());
    letter.originPartition().ifPresent(partition -> origin.put("partition", partition));
    letter.originOffset().ifPresent(offset -> origin.put("offset", offset));
    return VisibleText.of(object.toString());
  }

  static String orUnknown(String text) {
    return text.isEmpty() ? UNKNOWN : text;
  }

  private static String origin(DeadLetter letter) {
    return orUnknown(letter.originTopic())
        + " "
        + text(letter.originPartition())
        + ":"
        + text(letter.originOffset());
  }

  private static String text(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : UNKNOWN;
  }
}
