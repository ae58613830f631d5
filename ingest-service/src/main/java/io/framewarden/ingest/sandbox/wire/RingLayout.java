package io.framewarden.ingest.sandbox.wire;

import io.framewarden.extraction.extract.FaceSpec;

/**
 * The shared memory: a page whose first eight bytes (big-endian) count the faces that the parent
 * has taken over the child's life, then slots of one face each. Face n of that count lies in slot n
 * modulo {@link #SLOTS}; the child writes it only when that slot has been taken.
 *
 * @param faceBytes bytes of a face's pixels
 */
public record RingLayout(int faceBytes) {
  /** Faces that may wait for the parent. */
  public static final int SLOTS = 64;

  private static final int PAGE = 4096;

  /** The memory for faces of a shape. */
  public static RingLayout of(FaceSpec faces) {
    return new RingLayout(faces.shape().bytes());
  }

  /** Where a face lies, in bytes from the beginning. */
  public int offset(long face) {
    return PAGE + (int) (face % SLOTS) * slotBytes();
  }

  /** Size of the whole. */
  public int bytes() {
    return PAGE + SLOTS * slotBytes();
  }

  private int slotBytes() {
    return (faceBytes + PAGE - 1) / PAGE * PAGE;
  }
}
