package io.framewarden.detector.scoring.kafka;

import io.framewarden.v1.FaceFrame;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of face-frames, decoded as far as they can be.
 *
 * @param records all of the batch
 * @param unreadable dead letters of the records that are no face frames; null for the others
 * @param frames what the others hold, in their order
 */
record RecordBatch(
    List<ConsumerRecord<byte[], byte[]>> records,
    ScoringResult[] unreadable,
    List<FaceFrame> frames) {}
