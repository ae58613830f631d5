/**
 * From frame scores to a verdict: the policy, how it is configured, and what happens to a video as
 * its scores, its marker and time come in. Plain Java; Kafka is in the rooms below.
 */
package io.framewarden.detector.verdict;
