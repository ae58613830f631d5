package io.framewarden.schemas.topic;

/** The consumer groups that more than one process knows. */
public final class ConsumerGroups {
  /** The scorers' group on face-frames; ingest watches its lag. */
  public static final String SCORER = "framewarden-scorer";

  private ConsumerGroups() {}
}
