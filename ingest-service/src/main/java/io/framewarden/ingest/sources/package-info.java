/**
 * Ways in that nobody answers to: a watched folder, and messages about objects that were put into a
 * bucket. Everything goes through the same submission service as an upload over HTTP. Knows no
 * Kafka.
 */
package io.framewarden.ingest.sources;
