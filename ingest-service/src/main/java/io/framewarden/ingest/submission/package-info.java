/**
 * What becomes of a submission, whichever way it came: its name made harmless, the same bytes
 * recognised, one request answered once; and the deletion of videos. Knows neither HTTP nor Kafka.
 */
package io.framewarden.ingest.submission;
