package io.framewarden.ingest.sandbox.wire;

/** The messages; each travels one way. */
public enum MessageKind {
  /** To the child, once: a {@link DecoderSetup}. */
  SETUP,
  /** To the child: a {@link DecodeJob}. */
  EXTRACT,
  /**
   * From the child, once: it is warm; the extraction digest, why it decodes on processors where
   * that is not what it was told, and what it could not give up.
   */
  READY,
  /** From the child, once and instead of READY: why it cannot work. */
  REFUSED,
  /** From the child, now and then during a job: a {@link JobProgress}. */
  PROGRESS,
  /** From the child: a FaceFrame without ids and pixels; the pixels lie in the ring. */
  FACE,
  /** From the child, seldom: why processors decode this video, though a GPU was to. */
  FELL_BACK,
  /** From the child, at the end of a job: a {@link JobDone}. */
  DONE
}
