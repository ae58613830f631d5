/**
 * The embedded default broker: a real KRaft Kafka in a child process. The parent picks ports and
 * waits for it; the child ends when the parent does, however the parent ends.
 */
package io.framewarden.standalone.broker;
