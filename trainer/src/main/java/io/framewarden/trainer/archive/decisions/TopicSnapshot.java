package io.framewarden.trainer.archive.decisions;

import io.framewarden.runtime.kafka.BrokerProbe;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.schemas.topic.Topic;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The values of a compacted topic as they are now. Stateless. */
final class TopicSnapshot {
  private TopicSnapshot() {}

  /**
   * The last value of every key.
   *
   * @param keys which keys to keep in memory
   * @throws IllegalStateException when no broker answers, or the topic is missing or cannot be read
   */
  static <V> Map<String, V> latest(
      KafkaConnection connection, Topic<String, V> topic, Predicate<String> keys)
      throws InterruptedException {
    BrokerProbe.requireTopic(connection, topic);
    Map<String, V> latest = new TreeMap<>();
    try (TopicFollower<String, V> follower =
        new TopicFollower<>(connection, topic, (key, value) -> update(latest, keys, key, value))) {
      follower.start();
      follower.awaitCaughtUp();
      if (follower.health().isFailed()) {
        throw new IllegalStateException(follower.health().detail());
      }
    }
    return latest;
  }

  private static <V> void update(
      Map<String, V> latest, Predicate<String> keys, String key, V value) {
    if (value == null) {
      latest.remove(key);
    } else if (keys.test(key)) {
      latest.put(key, value);
    }
  }
}
