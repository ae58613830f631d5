package io.framewarden.trainer.dataset;

import io.framewarden.trainer.training.FaceBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A batch that is being filled, face by face. Used by one thread. */
final class FaceBatchBuilder {
  private final byte[][] faces;
  private final byte[][] masks;
  private final float[] labels;
  private final int[] domains;
  private final List<String> sources = new ArrayList<>();
  private final List<String> origins = new ArrayList<>();

  /**
   * A face of a batch.
   *
   * @param mask null where nobody knows it
   * @param domain {@link FaceBatch#REAL}, or the number of the forgery method
   * @param source what it is, for people to read
   * @param origin whom it was taken of
   */
  record Face(byte[] pixels, byte[] mask, int domain, String source, String origin) {}

  FaceBatchBuilder(int size) {
    faces = new byte[size][];
    masks = new byte[size][];
    labels = new float[size];
    domains = new int[size];
  }

  /** The chance of a part of a step's batch: its own, whichever thread makes it. */
  static RandomGenerator random(long seed, long step, long part) {
    long first = new SplittableRandom(seed).nextLong() + step;
    return new SplittableRandom(new SplittableRandom(first).nextLong() + part);
  }

  /** How many faces it still takes. */
  int left() {
    return faces.length - sources.size();
  }

  /** Adds a face. */
  void add(Face face) {
    int at = sources.size();
    faces[at] = face.pixels();
    masks[at] = face.mask();
    domains[at] = face.domain();
    labels[at] = face.domain() == FaceBatch.REAL ? 0 : 1;
    sources.add(face.source());
    origins.add(face.origin());
  }

  /** The full batch. */
  FaceBatch build() {
    return new FaceBatch(faces, labels, domains, masks, sources, origins);
  }
}
