package io.framewarden.trainer.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.experiment.AblationScores.TestSet;
import io.framewarden.trainer.run.RunFolder;
import io.framewarden.trainer.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of an ablation: a run folder {@code VARIANT-seedN} for each model, with its {@code
 * scores.json} once it has been evaluated. Several processes may work in it, on runs of their own.
 */
record AblationFolder(Path folder) {
  private static final String SCORES = "scores.json";
  private static final Pattern NAME = Pattern.compile("(.+)-seed(\\d+)");
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** A model of the ablation. */
  record Run(Variant variant, long seed) {
    String name() {
      return variant.key() + "-seed" + seed;
    }
  }

  RunFolder of(Run run) {
    return new RunFolder(folder.resolve(run.name()));
  }

  /**
   * The runs that have a folder, whoever trains them, seed by seed.
   *
   * @param variants those that may be there
   */
  List<Run> started(List<Variant> variants) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Map<String, Variant> byKey = new LinkedHashMap<>();
    variants.forEach(variant -> byKey.put(variant.key(), variant));
    TreeSet<Long> seeds = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && byKey.containsKey(name.group(1))) {
          seeds.add(Long.parseLong(name.group(2)));
        }
      }
    }
    return seeds.stream()
        .flatMap(seed -> variants.stream().map(variant -> new Run(variant, seed)))
        .filter(run -> RunRecord.isIn(of(run).path()))
        .toList();
  }

  /** The scores of a run on these faces; empty when it was not evaluated on them. */
  Optional<AblationScores> scores(Run run, TestSet tested) throws IOException {
    Path file = of(run).path().resolve(SCORES);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    AblationScores scores;
    try {
      scores = MAPPER.readValue(Files.readAllBytes(file), AblationScores.class);
    } catch (JsonProcessingException e) {
      throw new UserError(
          file + ": cannot be read: " + e.getOriginalMessage() + "; delete it to evaluate again",
          e);
    }
    return Optional.of(scores).filter(found -> found.tested().equals(tested));
  }

  /** Writes the scores of a run; the file is either the old one or the whole new one. */
  void write(Run run, AblationScores scores) throws IOException {
    Path part = of(run).path().resolve(SCORES + ".part");
    Files.write(part, MAPPER.writeValueAsBytes(scores));
    Files.move(
        part,
        of(run).path().resolve(SCORES),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
