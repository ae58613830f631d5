package io.framewarden.trainer.dataset;

import io.framewarden.trainer.forgery.Degradation;
import io.framewarden.trainer.forgery.Degradation.Crop;
import io.framewarden.trainer.forgery.SharpnessMatch;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.FaceBatch;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Batches that are half real and half fake. A real face and its fake share the crop and the
 * degradation; half of the real faces are brought to their fake's sharpness, so that blur is a poor
 * clue. Made fakes are forged on the fly, hence never the same twice.
 *
 * <p>A batch is a function of (seed, step). Any number of threads may ask.
 */
public final class BalancedBatchSource implements BatchSource {
  private final java.util.List<FaceSample> faces;
  private final FakeSupply fakes;
  private final Domains domains;
  private final int batch;
  private final long seed;

  /**
   * @param batch faces in a batch, even, at least 2
   */
  private BalancedBatchSource(
      FaceSet train, FakeSupply fakes, Domains domains, int batch, long seed) {
    if (batch < 2 || batch % 2 != 0) {
      throw new IllegalArgumentException(
          "a batch is half real, half fake: its size must be even, not " + batch);
    }
    this.faces = train.reals();
    this.fakes = fakes;
    this.domains = domains;
    this.batch = batch;
    this.seed = seed;
  }

  /**
   * Batches from a training split: with made forgeries, with its own labelled fakes, or with both.
   *
   * @param mix the kinds to make; may be empty when the split holds fakes
   * @throws DatasetException when there are no real faces, or neither fakes nor kinds to make
   */
  public static BalancedBatchSource of(
      FaceSet train, ForgeryMix mix, Domains domains, int batch, long seed) {
    if (train.reals().isEmpty()) {
      throw new DatasetException(
          "no real face to train on: every face is labelled fake; add an archive with real faces");
    }
    boolean labelled = !train.fakes().isEmpty();
    if (!labelled && mix.isEmpty()) {
      throw new DatasetException(
          "every face is real and no forgeries are to be made: give an archive with fakes, or"
              + " --forge with the kinds to make");
    }
    if (!mix.isEmpty() && train.reals().size() < 2) {
      throw new DatasetException("forgeries need at least two real faces, this split has one");
    }
    FakeSupply supply =
        mix.isEmpty()
            ? FakeSupply.labelled(train)
            : labelled
                ? FakeSupply.either(FakeSupply.made(train, mix), FakeSupply.labelled(train))
                : FakeSupply.made(train, mix);
    return new BalancedBatchSource(train, supply, domains, batch, seed);
  }

  @Override
  public FaceBatch next(long step) {
    byte[][] pixels = new byte[batch][];
    float[] labels = new float[batch];
    int[] numbers = new int[batch];
    byte[][] masks = new byte[batch][];
    for (int pair = 0; pair < batch / 2; pair++) {
      RandomGenerator random = new SplittableRandom(mixed(seed, step, pair));
      FaceSample real = faces.get(random.nextInt(faces.size()));
      FakeSupply.Fake fake = fakes.next(real, random);
      Crop crop = Crop.draw(random);
      byte[] balanced = SharpnessMatch.sometimes(real.pixels(), fake.pixels(), random);
      // One draw for both: what is left between the two is the forgery.
      long wear = random.nextLong();
      int at = 2 * pair;
      pixels[at] = worn(balanced, crop, wear);
      masks[at] = new byte[balanced.length];
      pixels[at + 1] = worn(fake.pixels(), crop, wear);
      masks[at + 1] = fake.mask() == null ? null : Degradation.cropped(fake.mask(), crop);
      labels[at + 1] = 1;
      numbers[at + 1] = domains.number(fake.domain());
    }
    return new FaceBatch(batch, pixels, labels, numbers, masks);
  }

  private static byte[] worn(byte[] face, Crop crop, long wear) {
    return Degradation.degraded(Degradation.cropped(face, crop), new SplittableRandom(wear));
  }

  /** One well mixed seed of three numbers. */
  private static long mixed(long seed, long step, long pair) {
    long first = new SplittableRandom(seed).nextLong() + step;
    return new SplittableRandom(first).nextLong() + pair;
  }
}
