/** {@code framewarden topics}: what whoever runs a Kafka cluster sets up for the pipeline. */
package io.framewarden.standalone.command.topics;
