/**
 * The verdict topology on Kafka Streams: markers and scores in, verdicts, rescore requests and dead
 * letters out, one store, exactly once; and the service that runs it.
 */
package io.framewarden.detector.verdict.topology;
