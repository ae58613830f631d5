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
 * The states of one task's videos: the Streams store, and beside it what follows from it and is
 * rebuilt when the task opens: the agenda and the count of open videos.
 */
final class VideoStateStore implements AutoCloseable {
  private final KeyValueStore<String, byte[]> store;
  private final VideoLifecycle course;
  private final VerdictMetrics metrics;
  private final DeadlineIndex agenda = new DeadlineIndex();
  private final Set<String> open = new HashSet<>();

  VideoStateStore(
      KeyValueStore<String, byte[]> store, VideoLifecycle course, VerdictMetrics metrics) {
    this.store = store;
    this.course = course;
    this.metrics = metrics;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        remember(entry.key, StateCodec.decode(entry.value));
      }
    }
  }

  /** A video's state, or null when it is not known. */
  VideoState get(String videoId) {
    return StateCodec.decode(store.get(videoId));
  }

  void put(String videoId, VideoState state) {
    store.put(videoId, StateCodec.encode(state));
    remember(videoId, state);
  }

  /** Videos whose time has come. */
  List<String> due(long nowMs) {
    return agenda.due(nowMs);
  }

  /** Forgets the videos that were quiet for the retention time. */
  void sweep(long nowMs) {
    List<String> forgotten = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        if (course.isForgotten(StateCodec.decode(entry.value), nowMs)) {
          forgotten.add(entry.key);
        }
      }
    }
    for (String videoId : forgotten) {
      store.delete(videoId);
      agenda.set(videoId, OptionalLong.empty());
      close(videoId);
    }
  }

  /** Ends the counting; the store is the task's to close. */
  @Override
  public void close() {
    metrics.closed(open.size());
    open.clear();
  }

  private void remember(String videoId, VideoState state) {
    agenda.set(videoId, course.due(state));
    if (state.isFinished() || state.isOverdue()) {
      close(videoId);
    } else if (open.add(videoId)) {
      metrics.opened(1);
    }
  }

  private void close(String videoId) {
    if (open.remove(videoId)) {
      metrics.closed(1);
    }
  }
}
