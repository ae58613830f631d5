/**
 * From face frames to frame scores: batching, checks, calibration, evidence. No Kafka here; the
 * package {@code kafka} below does that.
 */
package io.framewarden.detector.scoring;
