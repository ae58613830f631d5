package io.framewarden.ingest.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/** How the offset of a handled record is committed. For the consumer's thread. */
interface OffsetCommit {
  /**
   * Commits the offsets.
   *
   * @param last published with them; null for nothing
   * @throws CommitFailedException when the group has moved on; nothing was committed
   * @throws RebalanceInProgressException when it is moving: it may be tried after the next poll
   */
  void commit(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ProducerRecord<byte[], byte[]> last);

  /** Offsets alone, for handlers that end with nothing. */
  static OffsetCommit alone() {
    return (consumer, offsets, last) -> consumer.commitSync(offsets);
  }

  /**
   * The last record and the offset in one transaction: a process that dies in between leaves
   * neither, so that a video gets one marker however often its extraction is begun. The broker
   * refuses it to a consumer that has lost its partitions.
   *
   * @param producer transactional and initialized
   */
  static OffsetCommit transactional(Producer<byte[], byte[]> producer) {
    return (consumer, offsets, last) -> {
      producer.beginTransaction();
      try {
        if (last != null) {
          var unused = producer.send(last); // the commit fails if this does
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
      } catch (CommitFailedException e) {
        producer.abortTransaction();
        throw e;
      }
    };
  }
}
