package io.framewarden.trainer.dataset;

import io.framewarden.trainer.training.FaceBatch;
import java.util.ArrayList;
import java.util.List;

/** A batch that is being filled, face by face. Used by one thread. */
final class FaceBatchBuilder {
  private final byte[][] faces;
  private final byte[][] masks;
  private final float[] labels;
  private final int[] domains;
  private final List<String> sources = new ArrayList<>();

  FaceBatchBuilder(int size) {
    faces = new byte[size][];
    masks = new byte[size][];
    labels = new float[size];
    domains = new int[size];
  }

  /** How many faces it still takes. */
  int left() {
    return faces.length - sources.size();
  }

  /**
   * Adds a face.
   *
   * @param domain {@link FaceBatch#REAL}, or the number of the forgery method
   */
  void add(byte[] face, byte[] mask, int domain, String source) {
    int at = sources.size();
    faces[at] = face;
    masks[at] = mask;
    domains[at] = domain;
    labels[at] = domain == FaceBatch.REAL ? 0 : 1;
    sources.add(source);
  }

  /** The full batch. */
  FaceBatch build() {
    return new FaceBatch(faces.length, faces, labels, domains, masks, sources);
  }
}
