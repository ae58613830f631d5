package io.framewarden.trainer.experiment.command;

import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.experiment.Experiment;
import io.framewarden.trainer.experiment.NamedArchives;
import io.framewarden.trainer.experiment.Reproduction;
import io.framewarden.trainer.experiment.ReproductionRunner;
import io.framewarden.trainer.recipe.Recipe;
import io.framewarden.trainer.training.TrainingConfig;
import io.framewarden.trainer.training.TrainingDevices;
import io.framewarden.trainer.training.TrainingSchedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden reproduce}. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the chain behind one of the paper's tables.",
      "Trains its models by the paper's recipe, tests them, and writes a table with the paper's"
          + " metrics",
      "beside ours. Each model is a run folder in DIR: the same command goes on where it was"
          + " stopped,",
      "and experiments share models."
    })
final class ReproduceCommand implements Callable<Integer> {
  /** The experiments by the names that a user types. */
  enum Named {
    table1(Experiment.TABLE_1),
    table2(Experiment.TABLE_2),
    table3(Experiment.TABLE_3),
    table4(Experiment.TABLE_4),
    fig4(Experiment.FIGURE_4),
    fig7(Experiment.FIGURE_7);

    private final Experiment experiment;

    Named(Experiment experiment) {
      this.experiment = experiment;
    }
  }

  @Parameters(
      paramLabel = "EXPERIMENT",
      description = {
        "${COMPLETION-CANDIDATES}.",
        "table1, table4, fig4: ffpp, celebdf. table2: ffpp, diff. table3: dffd, celebdf.",
        "fig7: ffpp."
      })
  private Named named;

  @Option(
      names = "--data",
      split = ",",
      required = true,
      paramLabel = "NAME=ARCHIVE",
      description = "Archives of the data sets, made by `framewarden faces`.")
  private List<String> data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for runs and tables.")
  private Path out;

  @Option(
      names = "--budget",
      paramLabel = "STEPS",
      description = "Train each model for so many steps only (default 120000, 20 epochs of ours).")
  private Long budget;

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description = "Put every model on this backbone instead of the paper's.")
  private BackboneKind backbone;

  @Option(
      names = "--pretrained",
      split = ",",
      paramLabel = "BACKBONE=FILE",
      description = "Published weights that models on this backbone start from, as for train.")
  private Map<BackboneKind, Path> pretrained = Map.of();

  @Option(
      names = "--width",
      paramLabel = "FACTOR",
      description = "Width of ResNet backbones, above 0 to 4 (default 1).")
  private Double width;

  @Option(names = "--batch", paramLabel = "N", description = "Faces in a batch (default 15).")
  private Integer batch;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of every model (default 1).")
  private long seed = 1;

  @Option(
      names = "--devices",
      split = ",",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "As for train (default cpu).")
  private List<String> devices;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description = "Resamples for 95 %% confidence intervals, 0 for none (${DEFAULT-VALUE}).",
      defaultValue = "1000")
  private int resamples;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Experiment experiment = named.experiment;
    NamedArchives archives = NamedArchives.parse(data, experiment.data());
    Bootstrap bootstrap = new Bootstrap(resamples, Bootstrap.SEED);
    ReproductionRunner.Setup setup =
        new ReproductionRunner.Setup(out, pretrained, TrainingDevices.parse(devices), bootstrap);
    PrintWriter err = spec.commandLine().getErr();
    Reproduction reproduction =
        new ReproductionRunner(experiment, archives, this::recipe, setup, err).reproduce();
    Path table = reproduction.write(out, named.name());
    spec.commandLine().getOut().println(reproduction.markdown().stripTrailing());
    err.println("table: " + table);
    return 0;
  }

  /** The paper's recipe on a backbone, with the user's overrides, before an ablation. */
  private TrainingConfig recipe(BackboneKind papers) {
    TrainingConfig paper = TrainingConfig.paper(Recipe.PAPER_EPOCHS, seed);
    BackboneKind kind = backbone == null ? papers : backbone;
    long steps = budget == null ? paper.steps() : budget;
    return new TrainingConfig(
        paper.network().on(kind, kind.supportedWidth(width == null ? 1 : width)),
        paper.loss(),
        paper.optimizer(),
        new TrainingSchedule(
            steps,
            // As many epochs as in the whole training, over which beta grows.
            Math.max(1, Math.min(paper.schedule().epoch(), steps / Recipe.PAPER_EPOCHS)),
            batch == null ? paper.batch() : batch,
            Math.max(1, Math.min(paper.schedule().checkpointEvery(), steps)),
            seed));
  }
}
