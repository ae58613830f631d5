package io.framewarden.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.command.RecipeOptions;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.run.RunSummary;
import io.framewarden.trainer.training.TrainingConfig;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code framewarden bench-inference}. */
@Command(
    name = "bench-inference",
    mixinStandardHelpOptions = true,
    description = {
      "Measures ONNX Runtime against libtorch on the inference graph of a recipe's network.",
      "Faces a second of both on this machine's CPU, in turns, with the network's first weights."
          + " Of",
      "the recipe only what shapes the network counts, and --batch."
    })
public final class BenchInferenceCommand implements Callable<Integer> {
  private static final int DOMAINS = 2;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "How long each is measured (default ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--json", description = "Print one JSON object with the metrics by name.")
  private boolean json;

  @Mixin private RecipeOptions options;

  @Override
  public Integer call() throws IOException {
    if (!(seconds > 0)) {
      throw new UserError("--seconds must be above 0, not " + seconds);
    }
    TrainingConfig config = options.recipe(null).training();
    try (DidNetwork network = DidNetwork.create(config.network(), DOMAINS, config.seed())) {
      Map<String, Double> metrics = new InferenceBench(network, config.batch(), seconds).run();
      System.out.println(
          json ? new ObjectMapper().writeValueAsString(metrics) : RunSummary.table(metrics));
      return 0;
    }
  }
}
