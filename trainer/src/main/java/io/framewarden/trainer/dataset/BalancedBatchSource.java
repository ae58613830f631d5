package io.framewarden.trainer.dataset;

import io.framewarden.trainer.dataset.FaceBatchBuilder.Face;
import io.framewarden.trainer.degradation.AlignmentJitter;
import io.framewarden.trainer.degradation.VideoDegradation;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.FaceBatch;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Batches that are half real and half fake; where the size is odd, chance decides what the last
 * face is. A real face and its fake share degradation, alignment and mirroring, and stand in the
 * same batch, side by side. Pseudo-fakes are made on the fly, hence never the same twice.
 *
 * <p>A batch is a function of (seed, step). Any number of threads may call.
 */
final class BalancedBatchSource implements BatchSource {
  private final PairSource pairs;
  private final Domains domains;
  private final DataRecipe recipe;
  private final int batch;
  private final long steps;
  private final long seed;

  private BalancedBatchSource(
      PairSource pairs, Domains domains, DataRecipe recipe, int batch, long steps, long seed) {
    if (batch < 2) {
      throw new IllegalArgumentException(
          "a batch has a real and a fake face at least: its size cannot be " + batch);
    }
    this.pairs = pairs;
    this.domains = domains;
    this.recipe = recipe;
    this.batch = batch;
    this.steps = steps;
    this.seed = seed;
  }

  /**
   * Batches from a training split: with pseudo-fakes, with its own labelled fakes, or with both.
   *
   * @param recipe its kinds to make may be none when the split holds fakes
   * @param batch faces in a batch, at least 2
   * @param steps of the whole training, over a part of which degradation grows
   * @throws DatasetException when there are no real faces, or neither fakes nor kinds to make, or
   *     no photograph to make them of
   */
  static BalancedBatchSource of(
      FaceSet train, DataRecipe recipe, Domains domains, int batch, long steps, long seed) {
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
    if (!mix.isEmpty() && train.photographs().isEmpty()) {
      throw new DatasetException(
          "pseudo-fakes are made from photographs with dense landmarks, and no face to train on"
              + " has one: give `framewarden faces` photographs, or train on"
              + " labelled fakes with --forge none");
    }
    PairSource pairs =
        mix.isEmpty()
            ? PairSource.labelled(train)
            : labelled
                ? PairSource.either(PairSource.pseudoFakes(train, mix), PairSource.labelled(train))
                : PairSource.pseudoFakes(train, mix);
    return new BalancedBatchSource(pairs, domains, recipe, batch, steps, seed);
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
            .mapToObj(number -> pair(step, FaceBatchBuilder.random(seed, step, number)))
            .toList();
    FaceBatchBuilder builder = new FaceBatchBuilder(batch);
    for (Pair pair : pairs) {
      boolean both = builder.left() > 1;
      if (both || !pair.preferFake()) {
        builder.add(pair.real());
      }
      if (both || pair.preferFake()) {
        builder.add(pair.fake());
      }
    }
    return builder.build();
  }

  /**
   * A real face and its fake.
   *
   * @param preferFake which one to take where there is room for one only
   */
  private record Pair(Face real, Face fake, boolean preferFake) {}

  private Pair pair(long step, RandomGenerator random) {
    FacePair pair = pairs.next(random);
    if (recipe.augmentation() == Augmentation.FULL) {
      double strength = recipe.degradation().strength(step, steps);
      pair = pair.degraded(VideoDegradation.draw(recipe.degradation(), strength, random));
    }
    AlignmentJitter jitter = recipe.jitter(random);
    byte[] real = jitter.align(pair.real());
    FaceSample source = pair.realOf();
    return new Pair(
        new Face(real, new byte[real.length], FaceBatch.REAL, source.video(), source.identity()),
        new Face(
            jitter.align(pair.fake()),
            pair.alignedMask(jitter),
            domains.number(pair.domain()),
            pair.domain() + " of " + pair.fakeOf().video(),
            pair.fakeOf().identity()),
        random.nextBoolean());
  }
}
