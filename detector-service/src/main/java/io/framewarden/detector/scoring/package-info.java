/**
 * From face frames to frame scores: batching, checks, calibration, evidence. No Kafka here; the
 * room {@code kafka} below carries it.
 */
package io.framewarden.detector.scoring;
