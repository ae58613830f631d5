/** Kafka clients with this project's settings: properties, topic creation, dead letters. */
package io.framewarden.runtime.kafka;
