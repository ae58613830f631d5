package io.framewarden.detector.verdict.topology;

import io.framewarden.detector.verdict.VideoLifecycle;
import io.framewarden.detector.verdict.state.StateCodec;
import io.framewarden.detector.verdict.state.VideoState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The states of one task's videos: the Streams store, and beside it what is derived from it and
 * rebuilt when the task opens, the deadlines and the number of open videos. For the task's thread.
 */
final class VideoStateStore implements AutoCloseable {
  private final KeyValueStore<String, byte[]> store;
  private final VideoLifecycle lifecycle;
  private final VerdictMetrics metrics;
  private final DeadlineIndex deadlines = new DeadlineIndex();
  private final Set<String> open = new HashSet<>();

  VideoStateStore(
      KeyValueStore<String, byte[]> store, VideoLifecycle lifecycle, VerdictMetrics metrics) {
    this.store = store;
    this.lifecycle = lifecycle;
    this.metrics = metrics;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        index(entry.key, StateCodec.decode(entry.value));
      }
    }
  }

  /** A video's state, or null when it is not known. */
  VideoState get(String videoId) {
    return StateCodec.decode(store.get(videoId));
  }

  /** Stores a video's state and schedules its next deadline. */
  void put(String videoId, VideoState state) {
    store.put(videoId, StateCodec.encode(state));
    index(videoId, state);
  }

  /** The videos whose deadline has come, earliest first. */
  List<String> due(long nowMs) {
    return deadlines.due(nowMs);
  }

  /** Removes the videos of which nothing was heard for the whole retention. */
  void removeExpired(long nowMs) {
    List<String> expired = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        if (lifecycle.isExpired(StateCodec.decode(entry.value), nowMs)) {
          expired.add(entry.key);
        }
      }
    }
    for (String videoId : expired) {
      store.delete(videoId);
      deadlines.cancel(videoId);
      markClosed(videoId);
    }
  }

  /** Stops counting the open videos; the task closes the store. */
  @Override
  public void close() {
    metrics.removeOpen(open.size());
    open.clear();
  }

  private void index(String videoId, VideoState state) {
    OptionalLong deadline = lifecycle.nextDeadlineMs(state);
    if (deadline.isPresent()) {
      deadlines.schedule(videoId, deadline.getAsLong());
    } else {
      deadlines.cancel(videoId);
    }
    if (state.isFinished() || state.isOverdue()) {
      markClosed(videoId);
    } else if (open.add(videoId)) {
      metrics.addOpen(1);
    }
  }

  private void markClosed(String videoId) {
    if (open.remove(videoId)) {
      metrics.removeOpen(1);
    }
  }
}
