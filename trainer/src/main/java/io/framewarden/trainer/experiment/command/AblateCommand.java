package io.framewarden.trainer.experiment.command;

import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.command.RecipeOptions;
import io.framewarden.trainer.experiment.AblationEvaluator;
import io.framewarden.trainer.experiment.AblationRunner;
import io.framewarden.trainer.experiment.Ablations;
import io.framewarden.trainer.experiment.Variant;
import io.framewarden.trainer.recipe.Recipe;
import io.framewarden.trainer.run.RunData;
import io.framewarden.trainer.training.TrainingDevices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden ablate}. */
@Command(
    name = "ablate",
    mixinStandardHelpOptions = true,
    description = {
      "Trains the method without its parts, and shows in a table what each is worth.",
      "Trains with several seeds each, evaluates every model on the same faces of",
      "unseen people and held-out kinds of forgery, and writes DIR/ablation.md.",
      "Each model is a run folder in DIR: the same command goes on where it was",
      "stopped. The rows and --seeds set seed, alpha and the parts of the network",
      "themselves: options for those are refused."
    })
final class AblateCommand implements Callable<Integer> {
  private static final List<String> SET_BY_ROWS =
      List.of("--seed", "--alpha", "--plain", "--domain-branch", "--without-mutual-information");

  @Parameters(paramLabel = "ARCHIVE", arity = "1..*", description = "Made by `framewarden faces`.")
  private List<Path> archives;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the runs and the table.")
  private Path out;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,3",
      description = {
        "Seeds to train every row with (default 1,2,3).",
        "Other processes may work in the same DIR: a run that",
        "another one is on is left to it."
      })
  private List<Long> seeds;

  @Option(
      names = "--variants",
      split = ",",
      paramLabel = "ROW",
      description = {
        "Rows to train (default: all): did, did-without-adom",
        "(C_bar on I_os), did-without-domains (nor C_bar),",
        "did-without-t, bce, did-alpha0, did-alpha1, and did-mask",
        "where the recipe's lambda-mask is not 0."
      })
  private List<String> variants;

  @Option(
      names = "--test-faces",
      paramLabel = "N",
      defaultValue = "1500",
      description = "Real test faces at most, with as many fakes (default ${DEFAULT-VALUE}).")
  private int testFaces;

  @Option(
      names = "--pretrained",
      paramLabel = "FILE",
      description = "Published weights that every model starts from, as for train.")
  private Path pretrained;

  @Option(
      names = "--devices",
      split = ",",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "As for train (default cpu).")
  private List<String> devices;

  @Mixin private RecipeOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Recipe recipe = recipe();
    List<String> rows = rows(recipe);
    RunData data = RunData.read(archives, recipe.data()).requireUnseenPeople();
    AblationEvaluator evaluator =
        new AblationEvaluator(data.testFaces(testFaces), data.domains().forgeries());
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%d models to train on %d real and %d fake faces, %d faces to evaluate on%n",
        rows.size() * seeds.size(),
        data.train().reals().size(),
        data.train().fakes().size(),
        evaluator.tested().reals() + evaluator.tested().fakes());
    err.flush();
    AblationRunner.Setup setup =
        new AblationRunner.Setup(archives, recipe, out, TrainingDevices.parse(devices), pretrained);
    String table = new AblationRunner(setup, data, evaluator, err).run(rows, seeds).markdown();
    spec.commandLine().getOut().println(table.stripTrailing());
    return 0;
  }

  private Recipe recipe() throws IOException {
    for (String option : SET_BY_ROWS) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(), option + ": the rows and --seeds set that; leave it out");
      }
    }
    seeds = seeds.stream().distinct().toList();
    if (seeds.stream().anyMatch(seed -> seed < 0)) {
      throw new ParameterException(spec.commandLine(), "--seeds: a seed is not negative");
    }
    if (testFaces < 1) {
      throw new ParameterException(spec.commandLine(), "--test-faces must be at least 1");
    }
    Recipe recipe = options.recipe(null);
    if (recipe.data().holdOut().isEmpty()) {
      throw new UserError(
          "no kind of forgery is held out to evaluate on: name some, as in --hold-out-domain"
              + " decoder,splice");
    }
    return recipe;
  }

  /** The keys of the rows to train, checked. */
  private List<String> rows(Recipe recipe) {
    List<String> known = Ablations.of(recipe.training()).stream().map(Variant::key).toList();
    for (String variant : variants == null ? List.<String>of() : variants) {
      if (!known.contains(variant)) {
        throw new ParameterException(
            spec.commandLine(), "--variants: there is no " + variant + " here, only " + known);
      }
    }
    return variants == null ? known : variants.stream().distinct().toList();
  }
}
