/**
 * The scorer on Kafka: face-frames to frame-scores and dead letters, read-process-write in
 * transactions, so that every frame is scored exactly once.
 */
package io.framewarden.detector.scoring.kafka;
