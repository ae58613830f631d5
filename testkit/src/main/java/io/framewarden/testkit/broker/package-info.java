/**
 * A real Kafka broker inside the test's JVM, shared by all its tests: starting one costs seconds,
 * deleting its topics a fraction of one.
 */
package io.framewarden.testkit.broker;
