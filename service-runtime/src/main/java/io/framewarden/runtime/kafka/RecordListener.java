package io.framewarden.runtime.kafka;

/**
 * Takes a topic's records one by one.
 *
 * @param <K> the topic's key
 * @param <V> the topic's value
 */
@FunctionalInterface
public interface RecordListener<K, V> {
  /**
   * Takes a record.
   *
   * @param value null is a deletion
   * @param place where to find it again, see {@link RecordLookup}
   */
  void read(K key, V value, RecordPosition place);
}
