/**
 * Scores frames again that were not scored by the model that judges their video: reads
 * rescore-requests, looks the face frames up on their topic, and writes to frame-scores.
 */
package io.framewarden.detector.rescore;
