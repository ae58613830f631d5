/** A real Kafka broker for tests. */
package io.framewarden.testkit.broker;
