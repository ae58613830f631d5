package io.framewarden.trainer.command;

import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.dataset.DataRecipe;
import io.framewarden.trainer.dataset.ForgeryMix;
import io.framewarden.trainer.did.DomainBranch;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.recipe.Recipe;
import io.framewarden.trainer.recipe.RecipeFile;
import io.framewarden.trainer.training.TrainingConfig;
import io.framewarden.trainer.training.TrainingSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** A recipe and its overrides; what is not given stays as it is in the recipe. */
public final class RecipeOptions {
  @Option(
      names = "--recipe",
      paramLabel = "YAML",
      description = "Settings of the run (default: those of recipes/did-small.yaml).")
  private Path file;

  @Option(
      names = "--forge",
      split = ",",
      paramLabel = "KIND[=WEIGHT]",
      description = {
        "Kinds of pseudo-fakes to make, with weights; `none` makes none (default: a mix).",
        "Kinds: self-blend, swap, decoder, mouth, resynthesis; splice, which is a probe."
      })
  private List<String> forge;

  @Option(
      names = "--hold-out-domain",
      split = ",",
      paramLabel = "DOMAIN",
      description = "Domains that training must not see; the evaluation reports on them apart.")
  private List<String> holdOut;

  @Option(names = "--steps", paramLabel = "N", description = "Batches in all (default 3000).")
  private Long steps;

  @Option(names = "--batch", paramLabel = "N", description = "Faces in a batch (default 32).")
  private Integer batch;

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description = "Backbone (default resnet18): ${COMPLETION-CANDIDATES}.")
  private BackboneKind backbone;

  @Option(
      names = "--gradient-checkpointing",
      description = "Compute the backbone twice in a step, for less memory.")
  private boolean gradientCheckpointing;

  @Option(
      names = "--width",
      paramLabel = "FACTOR",
      description = "Width of a ResNet, above 0 up to 4; 1 = as published (default 0.5).")
  private Double width;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of weights, batches and forgeries (default 1).")
  private Long seed;

  @Option(
      names = {"--lr", "--learning-rate"},
      paramLabel = "RATE",
      description = "Peak learning rate (default 0.001).")
  private Double learningRate;

  @Option(
      names = "--alpha",
      paramLabel = "SHARE",
      description = "Share of cross-entropy against the AUC loss, 0..1 (default 0.5).")
  private Double alpha;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "STEPS",
      description = "Steps between checkpoints (default 200).")
  private Long checkpointEvery;

  @Option(
      names = "--domain-branch",
      paramLabel = "PART",
      description = "Ablation: classifier (C_bar on I_os, no A_dom) or none (default attention).")
  private DomainBranch domainBranch;

  @Option(
      names = "--without-mutual-information",
      description = "Ablation: no mutual information estimator (T).")
  private boolean withoutMutualInformation;

  @Option(names = "--plain", description = "Baseline: backbone, classifier, cross-entropy only.")
  private boolean plain;

  /**
   * The recipe with these overrides.
   *
   * @param stored the recipe of the run that is resumed, or null for a new run
   * @throws IllegalArgumentException naming a value out of its range
   * @throws IOException when the recipe's file cannot be read or has mistakes
   */
  public Recipe recipe(Recipe stored) throws IOException {
    Recipe base = file == null ? given(stored, Recipe.small()) : RecipeFile.read(file);
    return new Recipe(training(base.training()), data(base.data()));
  }

  private DataRecipe data(DataRecipe base) {
    return base.with(
        forge == null ? base.forge() : mix().weights(), given(holdOut, base.holdOut()));
  }

  private ForgeryMix mix() {
    return forge.equals(List.of("none")) ? ForgeryMix.none() : ForgeryMix.parse(forge);
  }

  private TrainingConfig training(TrainingConfig base) {
    return new TrainingConfig(
        network(base.network()),
        base.loss().withAlpha(given(alpha, plain ? 1.0 : base.loss().alpha())),
        learningRate == null
            ? base.optimizer()
            : base.optimizer().toBuilder().learningRate(learningRate).build(),
        schedule(base.schedule()));
  }

  private TrainingSchedule schedule(TrainingSchedule base) {
    return new TrainingSchedule(
        given(steps, base.steps()),
        base.epoch(),
        given(batch, base.batch()),
        given(checkpointEvery, base.checkpointEvery()),
        given(seed, base.seed()));
  }

  private NetworkConfig network(NetworkConfig base) {
    BackboneKind kind = given(backbone, base.backbone());
    NetworkConfig network =
        base.on(kind, given(width, kind.supportedWidth(base.width())))
            .withGradientCheckpointing(gradientCheckpointing || base.gradientCheckpointing());
    network = plain ? network.plain() : network;
    network = network.with(given(domainBranch, network.domainBranch()));
    return withoutMutualInformation ? network.withoutMutualInformation() : network;
  }

  private static <T> T given(T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
