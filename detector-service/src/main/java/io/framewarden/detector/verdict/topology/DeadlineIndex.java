package io.framewarden.detector.verdict.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which videos want to be looked at when. Kept in memory beside the store, and rebuilt from it, so
 * that time passing costs nothing for the videos that are not due. Not safe for several threads.
 */
final class DeadlineIndex {
  private record Entry(long dueMs, String videoId) {}

  private final Map<String, Entry> byVideo = new HashMap<>();
  private final TreeSet<Entry> byTime =
      new TreeSet<>(Comparator.comparingLong(Entry::dueMs).thenComparing(Entry::videoId));

  /** Sets when a video is due next; empty for never. */
  void set(String videoId, OptionalLong dueMs) {
    Entry old = byVideo.remove(videoId);
    if (old != null) {
      byTime.remove(old);
    }
    if (dueMs.isPresent()) {
      Entry entry = new Entry(dueMs.getAsLong(), videoId);
      byVideo.put(videoId, entry);
      byTime.add(entry);
    }
  }

  /** The videos that are due, earliest first; they stay until they are set anew. */
  List<String> due(long nowMs) {
    List<String> due = new ArrayList<>();
    for (Entry entry : byTime) {
      if (entry.dueMs() > nowMs) {
        break;
      }
      due.add(entry.videoId());
    }
    return due;
  }
}
