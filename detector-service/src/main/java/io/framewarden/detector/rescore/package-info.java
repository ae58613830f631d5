/**
 * Scores frames again that another model scored than the one that is to judge their video: reads
 * rescore-requests, looks the face frames up where they lie, and answers on frame-scores.
 */
package io.framewarden.detector.rescore;
