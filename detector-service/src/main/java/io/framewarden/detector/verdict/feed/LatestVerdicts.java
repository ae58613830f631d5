package io.framewarden.detector.verdict.feed;

import io.framewarden.v1.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest verdict of each video, for the videos heard of most recently. Safe for several
 * threads.
 */
public final class LatestVerdicts {
  private final int capacity;

  /** Least recently updated first. */
  private final Map<String, Verdict> byVideo = new LinkedHashMap<>();

  /**
   * @param capacity how many videos to keep, at least 1; the one without news for longest goes
   *     first
   */
  public LatestVerdicts(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + " is not positive");
    }
    this.capacity = capacity;
  }

  synchronized void put(String videoId, Verdict verdict) {
    byVideo.remove(videoId);
    if (verdict != null) {
      byVideo.put(videoId, verdict);
    }
    Iterator<String> oldest = byVideo.keySet().iterator();
    while (byVideo.size() > capacity) {
      oldest.next();
      oldest.remove();
    }
  }

  /** A video's latest verdict. */
  public synchronized Optional<Verdict> find(String videoId) {
    return Optional.ofNullable(byVideo.get(videoId));
  }

  /** The latest verdicts, most recently updated first, at most {@code limit}. */
  public synchronized List<Verdict> newest(int limit) {
    List<Verdict> newest = new ArrayList<>(byVideo.values());
    Collections.reverse(newest);
    return List.copyOf(newest.subList(0, Math.min(limit, newest.size())));
  }
}
