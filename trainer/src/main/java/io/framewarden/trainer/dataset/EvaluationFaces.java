package io.framewarden.trainer.dataset;

import io.framewarden.trainer.degradation.AlignmentJitter;
import io.framewarden.trainer.degradation.DegradationPolicy;
import io.framewarden.trainer.degradation.VideoDegradation;
import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.forgery.Forgery;
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
   * Up to {@code max} photographs and for each one fake of every kind: as many real as fake, each
   * real face once for each kind. Aligned exactly, not mirrored.
   *
   * @param kinds at least one
   * @param degradation how both of a pair are degraded, by one draw; null for not at all
   */
  public static List<Labelled> withPseudoFakes(
      FaceSet faces, List<String> kinds, int max, DegradationPolicy degradation) {
    List<FaceSample> reals = faces.photographs();
    SwapPartners partners = new SwapPartners(reals);
    List<Labelled> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(max, reals.size()); i++) {
      for (String kind : kinds) {
        FaceSample real = reals.get(i);
        RandomGenerator random = new SplittableRandom(SEED + 31L * i + kind.hashCode());
        Forgery forgery = Forgeries.named(kind);
        FaceSample donor = forgery.swaps() ? partners.near(real, random) : real;
        FacePair pair = FacePair.forged(real, forgery, donor, random);
        addPair(
            degradation == null
                ? pair
                : pair.degraded(VideoDegradation.draw(degradation, 1, random)),
            real,
            pairs);
      }
    }
    return pairs;
  }

  private static void addPair(FacePair pair, FaceSample real, List<Labelled> pairs) {
    String video = real.video() + "#" + pair.domain();
    byte[] realSeen = AlignmentJitter.NONE.align(pair.real());
    byte[] fakeSeen = AlignmentJitter.NONE.align(pair.fake());
    pairs.add(new Labelled(realSeen, false, FaceSet.REAL, video, real.identity()));
    pairs.add(new Labelled(fakeSeen, true, pair.domain(), video, real.identity()));
  }
}
