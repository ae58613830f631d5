package io.framewarden.runtime.feed;

import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.RecordLookup;
import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.schemas.topic.Topic;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A topic by video id: the latest record of each video. The newest are kept in memory; of the
 * others only the place, some 200 bytes, and they are read from the topic when they are asked for.
 * Ready once it has read all that was there at its start. Lookups are safe from any thread.
 *
 * @param <V> the topic's value
 */
public class TopicView<V> implements Service {
  private final KafkaConnection connection;
  private final Topic<String, V> topic;
  private final LatestRecords<V> latest;
  private final TopicFollower<String, V> follower;
  private final RecordLookup<V> lookup;

  /**
   * @param videos how many records to keep in memory
   */
  public TopicView(KafkaConnection connection, Topic<String, V> topic, int videos) {
    this.connection = connection;
    this.topic = topic;
    this.latest = new LatestRecords<>(videos);
    this.follower = new TopicFollower<>(connection, topic, this::take);
    this.lookup = new RecordLookup<>(connection, topic);
  }

  @Override
  public String name() {
    return "view of " + topic.name();
  }

  /**
   * A video's latest record.
   *
   * @throws UncheckedIOException if it is an older one and the broker does not answer in time
   */
  public Optional<V> find(String videoId) {
    Optional<V> held = latest.find(videoId);
    Optional<RecordPosition> place = held.isPresent() ? Optional.empty() : latest.placeOf(videoId);
    if (place.isEmpty()) {
      return held;
    }
    Optional<V> older = lookup.find(place.get());
    // Where it is gone, a newer one has come meanwhile.
    return older.isPresent() ? older : latest.find(videoId);
  }

  /** The latest records, most recently updated first, as far as they are kept in memory. */
  public List<V> newest(int limit) {
    return latest.newest(limit);
  }

  /**
   * Takes a record: from the topic, or earlier from who wrote it. It is passed over where a later
   * one of its video came before.
   *
   * @param value null for a deletion
   */
  public void take(String videoId, V value, RecordPosition place) {
    if (latest.put(videoId, value, place)) {
      taken(videoId, value);
    }
  }

  /** Is called with each record that is its video's latest, before the next one is taken. */
  protected void taken(String videoId, V value) {}

  @Override
  public void start() {
    new TopicProvisioner(connection).ensure(List.of(topic));
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
}
