package io.framewarden.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One mini-batch of aligned gray faces with its labels. A value whose arrays are shared, not
 * copied: whoever creates it must not change them from then on.
 *
 * @param faces gray8 pixels of each face, at least one, row by row, all squares of one side (224
 *     for the faces that the pipeline cuts)
 * @param labels 1 = fake, 0 = real
 * @param domains 0 = real, 1..k = the forgery method, as the training's list of domains numbers
 *     them
 * @param masks for each face a gray8 mask of the forged pixels, of the face's side, or null where
 *     none is known; a null array means that no face has one
 * @param sources what each face is, for error messages: its file and how it was forged
 * @param origins whom each face was taken of: a real face and its fakes have the same, and are no
 *     partners of each other in the MI estimate
 */
public record FaceBatch(
    byte[][] faces,
    float[] labels,
    int[] domains,
    byte[][] masks,
    List<String> sources,
    List<String> origins) {

  /** The domain of real faces. */
  public static final int REAL = 0;

  /**
   * @throws IllegalArgumentException if the arrays disagree in length, or the faces in size
   */
  public FaceBatch {
    sources = List.copyOf(sources);
    origins = List.copyOf(origins);
    int size = faces.length;
    if (masks == null) {
      masks = new byte[size][];
    }
    if (size < 1
        || labels.length != size
        || domains.length != size
        || masks.length != size
        || sources.size() != size
        || origins.size() != size) {
      throw new IllegalArgumentException(
          "A batch of %d faces needs as many labels, domains, masks, sources and origins"
              .formatted(size));
    }
    int pixels = faces[0].length;
    int side = (int) Math.round(Math.sqrt(pixels));
    if (side * side != pixels) {
      throw new IllegalArgumentException("A face of " + pixels + " pixels is not a square");
    }
    for (int i = 0; i < size; i++) {
      if (faces[i].length != pixels || (masks[i] != null && masks[i].length != pixels)) {
        throw new IllegalArgumentException(
            "Face or mask " + i + " differs in size from the batch's first face of " + pixels);
      }
    }
  }

  /**
   * The batch in parts of an even number of faces, as a source of pairs gives them; the last part
   * may have an odd one more.
   *
   * @param count at least 1; fewer parts come out of a batch with fewer pairs
   */
  List<FaceBatch> parts(int count) {
    int pairs = size() / 2;
    int parts = Math.max(1, Math.min(count, pairs));
    List<FaceBatch> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int from = 2 * (pairs * i / parts);
      int to = i == parts - 1 ? size() : 2 * (pairs * (i + 1) / parts);
      all.add(part(from, to));
    }
    return all;
  }

  private FaceBatch part(int from, int to) {
    return new FaceBatch(
        Arrays.copyOfRange(faces, from, to),
        Arrays.copyOfRange(labels, from, to),
        Arrays.copyOfRange(domains, from, to),
        Arrays.copyOfRange(masks, from, to),
        sources.subList(from, to),
        origins.subList(from, to));
  }

  /** Faces in the batch. */
  public int size() {
    return faces.length;
  }

  /** Side of the faces in pixels. */
  public int side() {
    return (int) Math.round(Math.sqrt(faces[0].length));
  }
}
