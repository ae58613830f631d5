package io.framewarden.runtime.feed;

import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.v1.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest verdict of each video: itself for the videos heard of most recently, its place in the
 * topic for all others. Safe for several threads.
 */
public final class LatestVerdicts {
  private record Held(Verdict verdict, RecordPosition place) {}

  private final int capacity;

  /** Least recently updated first. */
  private final Map<String, Held> held = new LinkedHashMap<>();

  private final Map<String, RecordPosition> older = new HashMap<>();

  /**
   * @param capacity how many verdicts to hold, at least 1; of the video without news for longest
   *     only the place is kept first
   */
  public LatestVerdicts(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + " is not positive");
    }
    this.capacity = capacity;
  }

  synchronized void put(String videoId, Verdict verdict, RecordPosition place) {
    held.remove(videoId);
    older.remove(videoId);
    if (verdict != null) {
      held.put(videoId, new Held(verdict, place));
    }
    Iterator<Map.Entry<String, Held>> oldest = held.entrySet().iterator();
    while (held.size() > capacity) {
      Map.Entry<String, Held> entry = oldest.next();
      older.put(entry.getKey(), entry.getValue().place());
      oldest.remove();
    }
  }

  /** A video's latest verdict, if it is held. */
  public synchronized Optional<Verdict> find(String videoId) {
    return Optional.ofNullable(held.get(videoId)).map(Held::verdict);
  }

  /** Where the latest verdict of a video lies that is not held. */
  synchronized Optional<RecordPosition> placeOf(String videoId) {
    return Optional.ofNullable(older.get(videoId));
  }

  /** The latest verdicts that are held, most recently updated first, at most {@code limit}. */
  public synchronized List<Verdict> newest(int limit) {
    List<Verdict> newest = new ArrayList<>();
    held.values().forEach(each -> newest.add(each.verdict()));
    Collections.reverse(newest);
    return List.copyOf(newest.subList(0, Math.min(limit, newest.size())));
  }
}
