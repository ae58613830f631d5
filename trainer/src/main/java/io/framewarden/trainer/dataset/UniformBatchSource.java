package io.framewarden.trainer.dataset;

import io.framewarden.trainer.dataset.FaceBatchBuilder.Face;
import io.framewarden.trainer.degradation.LocatedFace;
import io.framewarden.trainer.degradation.VideoDegradation;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.FaceBatch;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Batches of faces that are drawn uniformly from all faces of a training split, with replacement
 * (the paper: mini-batches "uniformly at random"). Each face has its own degradation, alignment and
 * mirroring.
 *
 * <p>A batch is a function of (seed, step). Any number of threads may call.
 */
final class UniformBatchSource implements BatchSource {
  private final List<FaceSample> faces;
  private final Domains domains;
  private final DataRecipe recipe;
  private final int batch;
  private final long steps;
  private final long seed;

  private UniformBatchSource(
      FaceSet train, Domains domains, DataRecipe recipe, int batch, long steps, long seed) {
    this.faces = train.faces();
    this.domains = domains;
    this.recipe = recipe;
    this.batch = batch;
    this.steps = steps;
    this.seed = seed;
  }

  /**
   * Batches from a training split.
   *
   * @param batch faces in a batch, at least 1
   * @param steps of the whole training, over a part of which degradation grows
   * @throws DatasetException when the split lacks real faces or fakes
   */
  static UniformBatchSource of(
      FaceSet train, DataRecipe recipe, Domains domains, int batch, long steps, long seed) {
    if (train.reals().isEmpty() || train.fakes().isEmpty()) {
      throw new DatasetException(
          "every face to train on is %s: give an archive that has both, real and fake faces"
              .formatted(train.reals().isEmpty() ? "fake" : "real"));
    }
    return new UniformBatchSource(train, domains, recipe, batch, steps, seed);
  }

  @Override
  public FaceBatch next(long step) {
    List<Face> drawn =
        IntStream.range(0, batch)
            .parallel()
            .mapToObj(number -> draw(step, FaceBatchBuilder.random(seed, step, number)))
            .toList();
    FaceBatchBuilder builder = new FaceBatchBuilder(batch);
    drawn.forEach(builder::add);
    return builder.build();
  }

  private Face draw(long step, RandomGenerator random) {
    FaceSample sample = faces.get(random.nextInt(faces.size()));
    LocatedFace face = LocatedFace.aligned(sample.pixels());
    if (recipe.augmentation() == Augmentation.FULL) {
      double strength = recipe.degradation().strength(step, steps);
      face = VideoDegradation.draw(recipe.degradation(), strength, random).apply(face);
    }
    byte[] pixels = recipe.jitter(random).align(face);
    String video = sample.video();
    return sample.fake()
        ? new Face(
            pixels,
            null,
            domains.number(sample.domain()),
            sample.domain() + " of " + video,
            sample.identity())
        : new Face(pixels, new byte[pixels.length], FaceBatch.REAL, video, sample.identity());
  }
}
