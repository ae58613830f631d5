package io.framewarden.ingest.kafka;

/** The broker did not take a record; fatal, since what follows would stand on a gap. */
final class PublishException extends Exception {
  private static final long serialVersionUID = 1L;

  PublishException(String what, Throwable cause) {
    super(what + " was not taken by Kafka: " + cause.getMessage(), cause);
  }
}
