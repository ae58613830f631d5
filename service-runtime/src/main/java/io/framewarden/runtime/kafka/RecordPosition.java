package io.framewarden.runtime.kafka;

/**
 * Where a record of a topic lies.
 *
 * @param partition from 0
 * @param offset within the partition
 */
public record RecordPosition(int partition, long offset) {}
