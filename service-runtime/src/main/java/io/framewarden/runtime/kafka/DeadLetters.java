package io.framewarden.runtime.kafka;

import io.framewarden.schemas.text.VisibleText;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes dead letters: the original key and bytes, with headers that say why and from where, counted
 * by reason. Sending is the caller's, inside its transaction if it has one. Safe for several
 * threads.
 */
public final class DeadLetters {
  public static final String REASON = "framewarden.reason";
  public static final String MESSAGE = "framewarden.message";
  public static final String ORIGIN_TOPIC = "framewarden.origin.topic";
  public static final String ORIGIN_PARTITION = "framewarden.origin.partition";
  public static final String ORIGIN_OFFSET = "framewarden.origin.offset";

  private static final int MESSAGE_CHARACTERS = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  /** Several services of one process count into one counter; a registry takes a name only once. */
  private static final Map<CollectorRegistry, Counter> COUNTERS = new WeakHashMap<>();

  private final Counter counter;

  public DeadLetters(CollectorRegistry registry) {
    synchronized (COUNTERS) {
      this.counter = COUNTERS.computeIfAbsent(registry, DeadLetters::register);
    }
  }

  /** The dead letter of a record; counts and logs it. */
  public ProducerRecord<byte[], byte[]> letter(
      ConsumerRecord<byte[], byte[]> origin, FailureReason reason, String message) {
    ProducerRecord<byte[], byte[]> letter = uncounted(origin, reason, message);
    count(origin.topic(), origin.partition(), origin.offset(), reason, message);
    return letter;
  }

  /**
   * The dead letter of a record, for a transaction that may yet abort: whoever sends it calls
   * {@link #count} once it is committed.
   */
  public static ProducerRecord<byte[], byte[]> uncounted(
      ConsumerRecord<byte[], byte[]> origin, FailureReason reason, String message) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topics.DEAD_LETTERS.name(), origin.key(), origin.value());
    origin.headers().forEach(letter.headers()::add);
    describe(
        letter.headers(), origin.topic(), origin.partition(), origin.offset(), reason, message);
    return letter;
  }

  /**
   * The headers that say why and from where, in place of any of their names that the record came
   * with. The message is on one line, its control characters written out.
   */
  public static void describe(
      Headers headers,
      String topic,
      int partition,
      long offset,
      FailureReason reason,
      String message) {
    set(headers, REASON, label(reason));
    set(headers, MESSAGE, clip(message));
    set(headers, ORIGIN_TOPIC, topic);
    set(headers, ORIGIN_PARTITION, Integer.toString(partition));
    set(headers, ORIGIN_OFFSET, Long.toString(offset));
  }

  /** Counts and logs a dead letter that somebody else builds and sends. */
  public void count(
      String topic, int partition, long offset, FailureReason reason, String message) {
    counter.labels(topic, label(reason)).inc();
    LOG.warn(
        "dead letter: {} {}-{}@{}: {}", label(reason), topic, partition, offset, clip(message));
  }

  /** A reason as metric label and header: lower case. */
  public static String label(FailureReason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private static Counter register(CollectorRegistry registry) {
    return Counter.build("framewarden_dead_letters", "Records sent to the dead letters, by reason.")
        .labelNames("topic", "reason")
        .register(registry);
  }

  /** The record keeps room for its headers, whatever an exception had to say. */
  private static String clip(String message) {
    return VisibleText.of(Objects.requireNonNullElse(message, ""), MESSAGE_CHARACTERS);
  }

  private static void set(Headers headers, String name, String text) {
    headers.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
