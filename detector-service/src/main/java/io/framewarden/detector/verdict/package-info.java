/**
 * From frame scores to a verdict: the policy, its configuration, and what happens to a video as its
 * scores, its marker and time come in. Plain Java; the packages below know Kafka.
 */
package io.framewarden.detector.verdict;
