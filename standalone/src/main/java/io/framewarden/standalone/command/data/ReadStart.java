package io.framewarden.standalone.command.data;

import io.framewarden.runtime.kafka.TopicRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;

/** How a person says where the reading of a topic begins. */
public final class ReadStart {
  private static final String OFFSETS = "\\d+:\\d+(,\\d+:\\d+)*";

  private ReadStart() {}

  /**
   * @param text {@code earliest}, a UTC day or time, or PARTITION:OFFSET pairs
   * @throws IllegalArgumentException saying what would do
   */
  public static TopicRange.Start parse(String text) {
    try {
      if (text.equals("earliest")) {
        return new TopicRange.Start.At(Instant.EPOCH);
      }
      if (text.matches(OFFSETS)) {
        return offsets(text);
      }
      return new TopicRange.Start.At(
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "a UTC day or time such as 2026-01-31 or 2026-01-31T12:00:00Z, `earliest`, or offsets"
              + " such as 0:120,1:90, not "
              + text,
          e);
    }
  }

  private static TopicRange.Start offsets(String text) {
    Map<Integer, Long> offsets = new HashMap<>();
    for (String pair : text.split(",")) {
      String[] parts = pair.split(":");
      if (offsets.put(Integer.parseInt(parts[0]), Long.parseLong(parts[1])) != null) {
        throw new IllegalArgumentException("partition " + parts[0] + " is named twice");
      }
    }
    return new TopicRange.Start.Offsets(offsets);
  }
}
