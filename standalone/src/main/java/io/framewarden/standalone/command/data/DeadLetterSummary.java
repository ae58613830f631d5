package io.framewarden.standalone.command.data;

import io.framewarden.runtime.command.TextTable;
import io.framewarden.runtime.kafka.DeadLetter;
import io.framewarden.schemas.text.VisibleText;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Dead letters counted by origin and reason. One thread. */
final class DeadLetterSummary {
  private static final int MAX_MESSAGE_LENGTH = 100;

  private final Map<Kind, Group> groups =
      new TreeMap<>(Comparator.comparing(Kind::topic).thenComparing(Kind::reason));

  private record Kind(String topic, String reason) {}

  private record Group(long letters, long bytes, Instant first, Instant last, String message) {
    Group with(Group later) {
      boolean newest = !later.last.isBefore(last);
      return new Group(
          letters + later.letters,
          bytes + later.bytes,
          first.isBefore(later.first) ? first : later.first,
          newest ? later.last : last,
          newest ? later.message : message);
    }
  }

  void add(DeadLetter letter) {
    groups.merge(
        new Kind(letter.originTopic(), letter.reason()),
        new Group(1, letter.value().remaining(), letter.time(), letter.time(), letter.message()),
        Group::with);
  }

  /** One row for each topic and reason; the message is the last letter's. */
  String table() {
    TextTable table =
        new TextTable("TOPIC", "REASON", "LETTERS", "BYTES", "FIRST", "LAST", "LAST ONE SAYS");
    groups.forEach(
        (kind, group) ->
            table.row(
                DeadLetterText.orUnknown(kind.topic()),
                DeadLetterText.orUnknown(kind.reason()),
                Long.toString(group.letters()),
                Long.toString(group.bytes()),
                group.first().toString(),
                group.last().toString(),
                VisibleText.of(group.message(), MAX_MESSAGE_LENGTH)));
    return table.render();
  }
}
