package io.framewarden.trainer.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.trainer.experiment.AblationScores.Diagnostics;
import io.framewarden.trainer.experiment.AblationScores.GroupMetrics;
import io.framewarden.trainer.experiment.AblationScores.TestSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ablations side by side: metrics of the runs that are done, mean and spread over seeds.
 *
 * @param metadata what all rows have in common, by name
 * @param rows names of the rows by the keys of their variants, in order
 * @param reference the variant that the others are compared with, seed by seed
 * @param tested the faces that every run was evaluated on
 * @param runs those that are done, all evaluated on these faces
 * @param missing names of the runs that are not done yet
 */
public record AblationTable(
    Map<String, String> metadata,
    Map<String, String> rows,
    String reference,
    TestSet tested,
    List<AblationScores> runs,
    List<String> missing) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** A row's metric over its seeds; empty when no run has it. */
  Optional<Spread> metric(String variant, Function<AblationScores, Double> metric) {
    return Spread.of(of(variant).stream().map(metric).filter(Objects::nonNull).toList());
  }

  /** A row's metric on some fakes over its seeds. */
  Optional<Spread> metric(
      String variant,
      Function<AblationScores, GroupMetrics> fakes,
      Function<GroupMetrics, Double> metric) {
    return metric(variant, run -> Optional.ofNullable(fakes.apply(run)).map(metric).orElse(null));
  }

  /** A row's diagnostic over its seeds. */
  Optional<Spread> diagnostic(String variant, Function<Diagnostics, Double> diagnostic) {
    return metric(variant, run -> diagnostic.apply(run.diagnostics()));
  }

  /**
   * By how much a row's AUC on held-out kinds exceeds the reference's of the same seed, over the
   * seeds that both have.
   */
  Optional<Spread> difference(String variant) {
    return Spread.of(
        of(variant).stream()
            .flatMap(
                run ->
                    of(reference).stream()
                        .filter(other -> other.seed() == run.seed())
                        .map(other -> run.heldOut().auc() - other.heldOut().auc()))
            .toList());
  }

  private List<AblationScores> of(String variant) {
    return runs.stream().filter(run -> run.variant().equals(variant)).toList();
  }

  /** As Markdown, for people. */
  public String markdown() {
    return new AblationText(this).markdown();
  }

  private byte[] json() throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.set("metadata", MAPPER.valueToTree(metadata));
    root.set("tested", MAPPER.valueToTree(tested));
    root.put("reference", reference);
    ArrayNode list = root.putArray("rows");
    rows.forEach((variant, name) -> row(list.addObject(), variant, name));
    root.set("missing", MAPPER.valueToTree(missing));
    root.set("runs", MAPPER.valueToTree(runs));
    return MAPPER.writeValueAsBytes(root);
  }

  private void row(ObjectNode row, String variant, String name) {
    row.put("variant", variant).put("name", name);
    put(row, "heldOutAuc", metric(variant, AblationScores::heldOut, GroupMetrics::auc));
    put(row, "heldOutEer", metric(variant, AblationScores::heldOut, GroupMetrics::eer));
    put(row, "difference", difference(variant));
    put(row, "seenAuc", metric(variant, AblationScores::seen, GroupMetrics::auc));
    ObjectNode domains = row.putObject("domainAuc");
    for (String domain : tested.heldOut()) {
      put(domains, domain, metric(variant, run -> run.domains().get(domain), GroupMetrics::auc));
    }
  }

  private static void put(ObjectNode node, String name, Optional<Spread> spread) {
    spread.ifPresent(value -> node.set(name, MAPPER.valueToTree(value)));
  }

  /**
   * Writes {@code ablation.md} and {@code ablation.json}; each is either the old one or the whole
   * new one, also when several processes write.
   *
   * @return the Markdown file
   */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    replace(folder.resolve("ablation.json"), json());
    return replace(folder.resolve("ablation.md"), markdown().getBytes(StandardCharsets.UTF_8));
  }

  private static Path replace(Path file, byte[] content) throws IOException {
    // A name of its own: another process may be writing the same table.
    Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "ablation", ".part");
    try {
      Files.write(part, content);
      return Files.move(
          part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
