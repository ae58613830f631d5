package io.framewarden.runtime.feed;

import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.RecordLookup;
import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The verdicts topic by video id. The newest verdicts are kept in memory, some 20 KB each with
 * their evidence; of the others only a summary and the place, some 300 bytes, and they are read
 * from the topic when they are asked for. Ready once it has read all that was there at its start.
 * Lookups are safe from any thread.
 */
public final class VerdictView implements VerdictLookup, Service {
  private final KafkaConnection connection;
  private final LatestVerdicts latest;
  private final Map<String, VerdictSummary> summaries = new ConcurrentHashMap<>();
  private final List<Consumer<Verdict>> listeners = new CopyOnWriteArrayList<>();
  private final TopicFollower<String, Verdict> follower;
  private final RecordLookup<Verdict> lookup;

  /**
   * @param videos how many verdicts to keep in memory
   */
  public VerdictView(KafkaConnection connection, int videos) {
    this.connection = connection;
    this.latest = new LatestVerdicts(videos);
    this.follower = new TopicFollower<>(connection, Topics.VERDICTS, this::take);
    this.lookup = new RecordLookup<>(connection, Topics.VERDICTS);
  }

  @Override
  public String name() {
    return "verdict view";
  }

  /** Calls a listener with every verdict read from now on, on the view's thread. */
  public void listen(Consumer<Verdict> listener) {
    listeners.add(listener);
  }

  @Override
  public Optional<Verdict> find(String videoId) {
    Optional<Verdict> held = latest.find(videoId);
    Optional<RecordPosition> place = held.isPresent() ? Optional.empty() : latest.placeOf(videoId);
    if (place.isEmpty()) {
      return held;
    }
    Optional<Verdict> older = lookup.find(place.get());
    // Where it is gone, a newer one has come meanwhile.
    return older.isPresent() ? older : latest.find(videoId);
  }

  @Override
  public Optional<VerdictSummary> summary(String videoId) {
    return Optional.ofNullable(summaries.get(videoId));
  }

  /** The latest verdicts, most recently updated first, as far as they are kept in memory. */
  public List<Verdict> newest(int limit) {
    return latest.newest(limit);
  }

  @Override
  public void start() {
    new TopicProvisioner(connection).ensure(List.of(Topics.VERDICTS));
    follower.start();
  }

  /** Waits until all that was there at the start has been read, or the reading is over. */
  public void awaitCaughtUp() throws InterruptedException {
    follower.awaitCaughtUp();
  }

  @Override
  public Health health() {
    return follower.health();
  }

  @Override
  public void close() {
    follower.close();
    lookup.close();
  }

  private void take(String videoId, Verdict verdict, RecordPosition place) {
    latest.put(videoId, verdict, place);
    if (verdict == null) {
      summaries.remove(videoId);
    } else {
      summaries.put(videoId, VerdictSummary.of(verdict));
      listeners.forEach(listener -> listener.accept(verdict));
    }
  }
}
