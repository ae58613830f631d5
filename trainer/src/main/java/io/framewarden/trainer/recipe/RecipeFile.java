package io.framewarden.trainer.recipe;

import io.framewarden.trainer.dataset.DataRecipe;
import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.recipe.YamlTree.Entry;
import io.framewarden.trainer.training.OptimizerConfig;
import io.framewarden.trainer.training.TrainingConfig;
import io.framewarden.trainer.training.TrainingSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads recipes from YAML 1.2. Sections: {@code network} ({@link NetworkConfig}), {@code loss}
 * ({@link LossConfig}), {@code optimizer} ({@link OptimizerConfig}), {@code training} ({@link
 * TrainingSchedule}) and {@code data} ({@link DataRecipe}), each with its record's components in
 * kebab case. What a file leaves out is as in {@link Recipe#small()}.
 */
public final class RecipeFile {
  private static final List<String> SECTIONS =
      List.of("network", "loss", "optimizer", "training", "data");

  private final List<String> problems = new ArrayList<>();
  private final Map<String, Node> sections = new HashMap<>();

  private RecipeFile() {}

  /**
   * Reads a recipe.
   *
   * @throws RecipeException listing every mistake with its line
   * @throws IOException when the file cannot be read
   */
  public static Recipe read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new RecipeException(
          file, List.of("there is no such file; recipes/did-small.yaml is one to start from"));
    }
    RecipeFile reader = new RecipeFile();
    Recipe recipe = reader.recipe(text);
    if (!reader.problems.isEmpty()) {
      throw new RecipeException(file, reader.problems);
    }
    return recipe;
  }

  private Recipe recipe(String text) {
    try {
      new Compose(LoadSettings.builder().build()).composeString(text).ifPresent(this::readSections);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add("line " + line + ": not YAML: " + e.getProblem());
    }
    TrainingConfig defaults = Recipe.small().training();
    NetworkConfig network = section("network", defaults.network());
    LossConfig loss = section("loss", defaults.loss());
    OptimizerConfig optimizer = section("optimizer", defaults.optimizer());
    TrainingSchedule schedule = section("training", defaults.schedule());
    DataRecipe data = section("data", Recipe.small().data());
    return new Recipe(new TrainingConfig(network, loss, optimizer, schedule), data);
  }

  private <T extends Record> T section(String name, T defaults) {
    return new RecipeSection(name, problems).read(sections.get(name), defaults);
  }

  private void readSections(Node root) {
    if (!YamlTree.isMapping(root)) {
      problems.add("line 1: a recipe consists of the sections " + SECTIONS);
      return;
    }
    for (Entry entry : YamlTree.entries(root)) {
      if (!SECTIONS.contains(entry.key())) {
        problems.add(
            "line %d: there is no section %s; they are %s"
                .formatted(entry.line(), entry.key(), SECTIONS));
      } else if (!YamlTree.isMapping(entry.value())) {
        problems.add("line %d: %s needs keys below it".formatted(entry.line(), entry.key()));
      } else {
        sections.put(entry.key(), entry.value());
      }
    }
  }
}
