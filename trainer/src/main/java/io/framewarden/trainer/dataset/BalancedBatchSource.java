package io.framewarden.trainer.dataset;

import io.framewarden.trainer.forgery.QualityAugmentation;
import io.framewarden.trainer.forgery.QualityAugmentation.Crop;
import io.framewarden.trainer.forgery.SharpnessMatch;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.FaceBatch;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Batches that are half real and half fake; where the size is odd, chance decides what the last
 * face is. A real face and its fake share the crop and the degradation. Pseudo-fakes are made on
 * the fly, hence never the same twice.
 *
 * <p>A batch is a function of (seed, step). Any number of threads may call.
 */
public final class BalancedBatchSource implements BatchSource {
  private final List<FaceSample> faces;
  private final FakeSource fakes;
  private final Domains domains;
  private final DataRecipe recipe;
  private final int batch;
  private final long seed;

  /**
   * @param batch faces in a batch, at least 2
   */
  private BalancedBatchSource(
      FaceSet train, FakeSource fakes, Domains domains, DataRecipe recipe, int batch, long seed) {
    if (batch < 2) {
      throw new IllegalArgumentException(
          "a batch has a real and a fake face at least: its size cannot be " + batch);
    }
    this.faces = train.reals();
    this.fakes = fakes;
    this.domains = domains;
    this.recipe = recipe;
    this.batch = batch;
    this.seed = seed;
  }

  /**
   * Batches from a training split: with pseudo-fakes, with its own labelled fakes, or with both.
   *
   * @param recipe its kinds to make may be none when the split holds fakes
   * @throws DatasetException when there are no real faces, or neither fakes nor kinds to make
   */
  public static BalancedBatchSource of(
      FaceSet train, DataRecipe recipe, Domains domains, int batch, long seed) {
    ForgeryMix mix = recipe.mix();
    if (train.reals().isEmpty()) {
      throw new DatasetException(
          "no real face to train on: every face is labelled fake; add an archive with real faces");
    }
    boolean labelled = !train.fakes().isEmpty();
    if (!labelled && mix.isEmpty()) {
      throw new DatasetException(
          "every face is real and no pseudo-fakes are to be made: give an archive with fakes, or"
              + " --forge with the kinds to make");
    }
    FakeSource fakes =
        mix.isEmpty()
            ? FakeSource.labelled(train)
            : labelled
                ? FakeSource.either(FakeSource.pseudoFakes(train, mix), FakeSource.labelled(train))
                : FakeSource.pseudoFakes(train, mix);
    return new BalancedBatchSource(train, fakes, domains, recipe, batch, seed);
  }

  /**
   * Pairs are made in parallel. What a batch takes from the cores it takes from all of them alike:
   * a network that computes on them meanwhile waits for the slowest.
   */
  @Override
  public FaceBatch next(long step) {
    List<Pair> pairs =
        IntStream.range(0, (batch + 1) / 2)
            .parallel()
            .mapToObj(number -> pair(new SplittableRandom(mixed(seed, step, number))))
            .toList();
    FaceBatchBuilder builder = new FaceBatchBuilder(batch);
    for (Pair pair : pairs) {
      boolean both = builder.left() > 1;
      if (both || !pair.preferFake()) {
        pair.real().addTo(builder);
      }
      if (both || pair.preferFake()) {
        pair.fake().addTo(builder);
      }
    }
    return builder.build();
  }

  /** A face of a batch; the mask is null where it is not known. */
  private record Face(byte[] pixels, byte[] mask, int domain, String name) {
    void addTo(FaceBatchBuilder builder) {
      builder.add(pixels, mask, domain, name);
    }
  }

  /**
   * A real face and its fake.
   *
   * @param preferFake which one to take where there is room for one only
   */
  private record Pair(Face real, Face fake, boolean preferFake) {}

  private Pair pair(RandomGenerator random) {
    FaceSample real = faces.get(random.nextInt(faces.size()));
    FakeSource.Fake fake = fakes.next(real, random);
    Crop crop = recipe.augmentation() == Augmentation.NONE ? Crop.NONE : Crop.draw(random);
    byte[] balanced =
        recipe.balanceSharpness()
            ? SharpnessMatch.matchSometimes(real.pixels(), fake.pixels(), random)
            : real.pixels();
    // One draw for both, so that the two differ by the forgery only.
    long degradationSeed = random.nextLong();
    return new Pair(
        new Face(
            augmented(balanced, crop, degradationSeed),
            new byte[balanced.length],
            FaceBatch.REAL,
            real.video()),
        new Face(
            augmented(fake.pixels(), crop, degradationSeed),
            fake.mask() == null ? null : cropped(fake.mask(), crop),
            domains.number(fake.domain()),
            fake.domain() + " of " + fake.source()),
        random.nextBoolean());
  }

  private byte[] augmented(byte[] face, Crop crop, long degradationSeed) {
    byte[] moved = cropped(face, crop);
    return recipe.augmentation() == Augmentation.FULL
        ? QualityAugmentation.augment(moved, new SplittableRandom(degradationSeed))
        : moved;
  }

  private static byte[] cropped(byte[] face, Crop crop) {
    return crop.equals(Crop.NONE) ? face : QualityAugmentation.crop(face, crop);
  }

  /** One well mixed seed of three numbers. */
  private static long mixed(long seed, long step, long pair) {
    long first = new SplittableRandom(seed).nextLong() + step;
    return new SplittableRandom(first).nextLong() + pair;
  }
}
