package io.framewarden.trainer.dataset;

import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.forgery.QualityAugmentation;
import io.framewarden.trainer.forgery.SharpnessMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The faces that a model is evaluated on: a split's own real and fake faces unchanged, or, where a
 * split has real faces only, those with pseudo-fakes beside them. Made with a seed, so that two
 * models get the same faces. Stateless.
 */
public final class EvaluationFaces {
  private static final long SEED = 20_240_601;

  /**
   * A face with its label.
   *
   * @param image reads the pixels, or holds them
   * @param identity of a pseudo-fake: the person whose face was forged
   */
  public record Labelled(
      Supplier<byte[]> image, boolean fake, String domain, String video, String identity) {

    /** A face whose pixels are in memory. */
    public Labelled(byte[] pixels, boolean fake, String domain, String video, String identity) {
      this(() -> pixels, fake, domain, video, identity);
    }

    /** The pixels, shared: they must not be changed. */
    public byte[] pixels() {
      return image.get();
    }
  }

  private EvaluationFaces() {}

  /** The split's faces as the archive holds them. */
  public static List<Labelled> unchanged(FaceSet faces) {
    return faces.faces().stream()
        .map(
            face ->
                new Labelled(
                    face::pixels, face.fake(), face.domain(), face.video(), face.identity()))
        .toList();
  }

  /**
   * Up to {@code max} real faces and for each one fake of every kind: as many real as fake, each
   * real face once for each kind. Balanced in sharpness like training batches, but not cropped.
   *
   * @param kinds at least one
   * @param degraded whether both are degraded as by cameras and codecs, as uploads are
   */
  public static List<Labelled> withPseudoFakes(
      FaceSet faces, List<String> kinds, int max, boolean degraded) {
    List<FaceSample> reals = faces.reals();
    List<Labelled> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(max, reals.size()); i++) {
      for (String kind : kinds) {
        addPair(reals, i, kind, degraded, pairs);
      }
    }
    return pairs;
  }

  private static void addPair(
      List<FaceSample> reals, int index, String kind, boolean degraded, List<Labelled> pairs) {
    FaceSample real = reals.get(index);
    RandomGenerator random = new SplittableRandom(SEED + 31L * index + kind.hashCode());
    FaceSample partner = SwapPartners.closest(real, reals, random);
    byte[] fake = Forgeries.named(kind).make(real.image(), partner.image(), random).pixels();
    byte[] balanced = SharpnessMatch.matchSometimes(real.pixels(), fake, random);
    // Degraded by two draws: outside of training no two faces went through the same codec.
    byte[] realSeen = degraded ? QualityAugmentation.augment(balanced, random) : balanced;
    byte[] fakeSeen = degraded ? QualityAugmentation.augment(fake, random) : fake;
    String video = real.video() + "#" + kind;
    pairs.add(new Labelled(realSeen, false, FaceSet.REAL, video, real.identity()));
    pairs.add(new Labelled(fakeSeen, true, kind, video, real.identity()));
  }
}
