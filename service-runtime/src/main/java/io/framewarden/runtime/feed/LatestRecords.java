package io.framewarden.runtime.feed;

import io.framewarden.runtime.kafka.RecordPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest record of each video on a topic: itself for the videos heard of most recently, its
 * place in the topic for all others. Safe for several threads.
 *
 * @param <V> the topic's value
 */
final class LatestRecords<V> {
  private record Held<V>(V value, RecordPosition place) {}

  private final int capacity;

  /** Least recently updated first. */
  private final Map<String, Held<V>> held = new LinkedHashMap<>();

  private final Map<String, RecordPosition> older = new HashMap<>();

  /**
   * @param capacity how many records to hold, at least 1; of the video without news for longest
   *     only the place is kept first
   */
  LatestRecords(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + " is not positive");
    }
    this.capacity = capacity;
  }

  /**
   * Takes a record, unless a later one of its video is known.
   *
   * @param value null for a deletion
   * @return whether it is the latest
   */
  synchronized boolean put(String videoId, V value, RecordPosition place) {
    if (isBefore(
        place, held.containsKey(videoId) ? held.get(videoId).place() : older.get(videoId))) {
      return false;
    }
    held.remove(videoId);
    older.remove(videoId);
    if (value != null) {
      held.put(videoId, new Held<>(value, place));
    }
    Iterator<Map.Entry<String, Held<V>>> oldest = held.entrySet().iterator();
    while (held.size() > capacity) {
      Map.Entry<String, Held<V>> entry = oldest.next();
      older.put(entry.getKey(), entry.getValue().place());
      oldest.remove();
    }
    return true;
  }

  /** A video's latest record, if it is held. */
  synchronized Optional<V> find(String videoId) {
    return Optional.ofNullable(held.get(videoId)).map(Held::value);
  }

  /** Where the latest record of a video lies that is not held. */
  synchronized Optional<RecordPosition> placeOf(String videoId) {
    return Optional.ofNullable(older.get(videoId));
  }

  /** The latest records that are held, most recently updated first, at most {@code limit}. */
  synchronized List<V> newest(int limit) {
    List<V> newest = new ArrayList<>();
    held.values().forEach(each -> newest.add(each.value()));
    Collections.reverse(newest);
    return List.copyOf(newest.subList(0, Math.min(limit, newest.size())));
  }

  private static boolean isBefore(RecordPosition place, RecordPosition known) {
    return known != null
        && place.partition() == known.partition()
        && place.offset() < known.offset();
  }
}
