package io.framewarden.detector.verdict.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The next deadline of each video. Kept in memory beside the store and rebuilt from it, so that the
 * passing of time costs nothing for the videos that are not due. Not safe for several threads.
 */
final class DeadlineIndex {
  private record Entry(long deadlineMs, String videoId) {}

  private final Map<String, Entry> byVideo = new HashMap<>();
  private final TreeSet<Entry> byTime =
      new TreeSet<>(Comparator.comparingLong(Entry::deadlineMs).thenComparing(Entry::videoId));

  /**
   * Sets the next deadline of a video, in place of any it has.
   *
   * @param deadlineMs wall-clock milliseconds since the epoch
   */
  void schedule(String videoId, long deadlineMs) {
    cancel(videoId);
    Entry entry = new Entry(deadlineMs, videoId);
    byVideo.put(videoId, entry);
    byTime.add(entry);
  }

  /** Removes the deadline of a video, if it has one. */
  void cancel(String videoId) {
    Entry entry = byVideo.remove(videoId);
    if (entry != null) {
      byTime.remove(entry);
    }
  }

  /**
   * The videos whose deadline has come, earliest first; they stay until they are scheduled anew.
   */
  List<String> due(long nowMs) {
    List<String> due = new ArrayList<>();
    for (Entry entry : byTime) {
      if (entry.deadlineMs() > nowMs) {
        break;
      }
      due.add(entry.videoId());
    }
    return due;
  }
}
