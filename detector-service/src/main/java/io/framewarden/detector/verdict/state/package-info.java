/**
 * What is stored of a video until its verdict is final: which frames are in, sums for each track,
 * evidence, provenance; and the bytes that it is stored as. Knows neither policy nor Kafka.
 */
package io.framewarden.detector.verdict.state;
