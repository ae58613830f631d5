package io.framewarden.ingest.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How the handling of a record ended.
 *
 * @param last what is published together with the record's offset, or not at all; null for nothing
 * @param whenCommitted runs once both are safe
 */
record HandlingResult(ProducerRecord<byte[], byte[]> last, Runnable whenCommitted) {
  /** Nothing is left to do. */
  static final HandlingResult NOTHING = new HandlingResult(null, () -> {});
}
