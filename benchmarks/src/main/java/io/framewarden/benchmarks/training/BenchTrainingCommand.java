package io.framewarden.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.runtime.command.CountProgress;
import io.framewarden.trainer.command.RecipeOptions;
import io.framewarden.trainer.dataset.DataRecipe;
import io.framewarden.trainer.dataset.Domains;
import io.framewarden.trainer.dataset.FaceSample;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.PrefetchingBatchSource;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.trainer.photograph.FacePhotograph;
import io.framewarden.trainer.recipe.Recipe;
import io.framewarden.trainer.run.RunSummary;
import io.framewarden.trainer.run.TrainingRun;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code framewarden bench-training}. */
@Command(
    name = "bench-training",
    mixinStandardHelpOptions = true,
    description = {
      "Measures training on this machine: what loading batches costs, and whether memory grows.",
      "--steps is how many are timed with loading, and as many without, in turns."
    })
public final class BenchTrainingCommand implements Callable<Integer> {
  private static final int SYNTHETIC_FACES = 64;

  @Option(
      names = "--on",
      paramLabel = "ARCHIVE",
      description = "Face archives to load from (default: synthetic faces in memory).")
  private List<Path> archives = List.of();

  @Option(names = "--json", description = "Print one JSON object with the metrics by name.")
  private boolean json;

  @Mixin private RecipeOptions options;

  @Override
  public Integer call() throws IOException {
    Recipe recipe = options.recipe(null);
    TrainingConfig config = recipe.training();
    DataRecipe data = recipe.data();
    FaceSet faces = archives.isEmpty() ? syntheticFaces() : FaceSetReader.read(archives);
    Domains domains = Domains.of(data.mix(), faces);
    BatchSource source =
        data.batches(faces, domains, config.batch(), config.steps(), config.seed());
    Map<String, Double> metrics;
    try (PrefetchingBatchSource ahead = TrainingRun.prefetch(source)) {
      metrics = measure(config, ahead, domains.forgeries().size() + 1);
    }
    System.out.println(
        json ? new ObjectMapper().writeValueAsString(metrics) : RunSummary.table(metrics));
    return 0;
  }

  private static Map<String, Double> measure(
      TrainingConfig config, PrefetchingBatchSource source, int domains) {
    CountProgress[] bar = new CountProgress[1];
    TrainingBench bench =
        new TrainingBench(config, source, TrainingRun.BATCHES_AHEAD, step -> bar[0].at(step));
    try (CountProgress open = CountProgress.of("measuring", bench.steps())) {
      bar[0] = open;
      return bench.run(domains);
    }
  }

  private static FaceSet syntheticFaces() {
    List<FaceSample> faces = new ArrayList<>();
    for (int person = 0; person < SYNTHETIC_FACES; person++) {
      FacePhotograph face = SyntheticFaces.face(person);
      String name = "synthetic " + person;
      faces.add(FaceSample.ofPhotograph(face.image().pixels(), face, name, name));
    }
    return new FaceSet(faces, Map.of("", ""), "", 0);
  }
}
