package io.framewarden.schemas.topic;

/** The consumer groups that more than one process knows of. */
public final class ConsumerGroups {
  /** The scorers', on face-frames: ingest watches how far they are behind. */
  public static final String SCORER = "framewarden-scorer";

  private ConsumerGroups() {}
}
