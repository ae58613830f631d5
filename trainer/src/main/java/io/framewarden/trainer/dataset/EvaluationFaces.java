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
 * The faces that a model is judged on: a split's own real and fake faces as they are, or, where a
 * split has real faces only, those with made forgeries beside them. Made with a seed, so that two
 * models are asked the same questions.
 */
public final class EvaluationFaces {
  private static final long SEED = 20_240_601;

  /**
   * A face with its truth.
   *
   * @param image reads the pixels, or has them
   * @param identity of a made fake: the person whose face was forged
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

  /** The split's faces, untouched. */
  public static List<Labelled> asTheyAre(FaceSet faces) {
    return faces.faces().stream()
        .map(
            face ->
                new Labelled(
                    face::pixels, face.fake(), face.domain(), face.video(), face.identity()))
        .toList();
  }

  /**
   * Up to {@code most} real faces and for each one fake of every kind: as many real as fake, each
   * real face once for each kind. Balanced in sharpness like training batches, but not cropped.
   *
   * @param kinds at least one
   * @param worn whether both are degraded as by cameras and codecs, which is how faces come in
   */
  public static List<Labelled> withMadeFakes(
      FaceSet faces, List<String> kinds, int most, boolean worn) {
    List<FaceSample> reals = faces.reals();
    List<Labelled> made = new ArrayList<>();
    for (int i = 0; i < Math.min(most, reals.size()); i++) {
      for (String kind : kinds) {
        addPair(reals, i, kind, worn, made);
      }
    }
    return made;
  }

  private static void addPair(
      List<FaceSample> reals, int index, String kind, boolean worn, List<Labelled> made) {
    FaceSample real = reals.get(index);
    RandomGenerator random = new SplittableRandom(SEED + 31L * index + kind.hashCode());
    FaceSample donor = SwapPartners.closest(real, reals, random);
    byte[] fake = Forgeries.named(kind).make(real.image(), donor.image(), random).pixels();
    byte[] balanced = SharpnessMatch.sometimes(real.pixels(), fake, random);
    // Degraded by two draws: nobody serves a model pairs that went through the same codec.
    byte[] realSeen = worn ? QualityAugmentation.degraded(balanced, random) : balanced;
    byte[] fakeSeen = worn ? QualityAugmentation.degraded(fake, random) : fake;
    String video = real.video() + "#" + kind;
    made.add(new Labelled(realSeen, false, FaceSet.REAL, video, real.identity()));
    made.add(new Labelled(fakeSeen, true, kind, video, real.identity()));
  }
}
