package io.framewarden.ingest.sandbox.wire;

import io.framewarden.extraction.face.align.AlignmentTemplate;

/**
 * The shared memory: a page whose first eight bytes (big-endian) count the faces that the parent
 * has taken over the child's life, then slots of one face each. Face n of that count lies in slot n
 * modulo {@link #SLOTS}; the child writes it only when that slot has been taken.
 */
public final class RingLayout {
  /** Faces that may wait for the parent. */
  public static final int SLOTS = 64;

  /** Bytes of a face's pixels. */
  public static final int FACE_BYTES =
      AlignmentTemplate.defaults().size() * AlignmentTemplate.defaults().size();

  private static final int PAGE = 4096;
  private static final int SLOT_BYTES = (FACE_BYTES + PAGE - 1) / PAGE * PAGE;

  private RingLayout() {}

  /** Where a face lies, in bytes from the beginning. */
  public static int offset(long face) {
    return PAGE + (int) (face % SLOTS) * SLOT_BYTES;
  }

  /** Size of the whole. */
  public static int bytes() {
    return PAGE + SLOTS * SLOT_BYTES;
  }
}
