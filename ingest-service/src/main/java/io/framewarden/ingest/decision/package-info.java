/**
 * Moderators' decisions on verdicts: what one may say, checked against the verdict that it is on.
 * Knows neither HTTP nor Kafka.
 */
package io.framewarden.ingest.decision;
