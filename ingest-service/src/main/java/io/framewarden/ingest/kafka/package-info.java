/**
 * The only room of ingest that touches Kafka: uploads from their topic, face frames and markers to
 * theirs.
 */
package io.framewarden.ingest.kafka;
