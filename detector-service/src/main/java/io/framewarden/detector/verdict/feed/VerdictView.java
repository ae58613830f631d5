package io.framewarden.detector.verdict.feed;

import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The verdicts topic kept in memory, so that a verdict can be asked for by video id. Ready once it
 * has read all that was there at its start. Lookups are safe from any thread. A verdict with its
 * evidence takes some 20 KB of memory.
 */
public final class VerdictView implements Service {
  private final KafkaConnection connection;
  private final LatestVerdicts latest;
  private final List<Consumer<Verdict>> listeners = new CopyOnWriteArrayList<>();
  private final TopicFollower<String, Verdict> follower;

  /**
   * @param videos how many videos to keep
   */
  public VerdictView(KafkaConnection connection, int videos) {
    this.connection = connection;
    this.latest = new LatestVerdicts(videos);
    this.follower = new TopicFollower<>(connection, Topics.VERDICTS, this::take);
  }

  @Override
  public String name() {
    return "verdict view";
  }

  /** Calls a listener with every verdict read from now on, on the view's thread. */
  public void listen(Consumer<Verdict> listener) {
    listeners.add(listener);
  }

  /** A video's latest verdict. */
  public Optional<Verdict> find(String videoId) {
    return latest.find(videoId);
  }

  /** The latest verdicts, most recently updated first. */
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
  }

  private void take(String videoId, Verdict verdict) {
    latest.put(videoId, verdict);
    if (verdict != null) {
      listeners.forEach(listener -> listener.accept(verdict));
    }
  }
}
