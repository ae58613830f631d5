package io.framewarden.trainer.run;

import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reader of figures must know of model and faces. */
public final class RunMetadata {
  private final EvaluatedModel model;
  private final EvaluationData.Chosen chosen;
  private final List<Path> archives;
  private final EvaluatedModel.Engine engine;

  public RunMetadata(
      EvaluatedModel model,
      EvaluationData.Chosen chosen,
      List<Path> archives,
      EvaluatedModel.Engine engine) {
    this.model = model;
    this.chosen = chosen;
    this.archives = archives;
    this.engine = engine;
  }

  /** In the order in which one asks; no paths, because reports are shown around. */
  public Map<String, String> named() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Model", model.title());
    model.artifact().ifPresent(artifact -> facts.put("Digest", artifact.digest()));
    if (model.hasNetwork()) {
      recipe(model.network().config(), facts);
      facts.put(
          "Checkpoint",
          "step %d of %d".formatted(model.network().step(), model.network().config().steps()));
    }
    facts.put("Trained on", trainedOn());
    facts.put("Domains trained on", String.join(", ", model.domains()));
    facts.put("Scores by", engine());
    facts.put("Calibration", calibration());
    facts.put("Judged on", judgedOn());
    return facts;
  }

  static void recipe(TrainingConfig config, Map<String, String> facts) {
    NetworkConfig network = config.network();
    List<String> parts = new ArrayList<>();
    parts.add(network.attention() ? "A_df" : "no attention (plain baseline)");
    if (network.domainAttention()) {
      parts.add("A_dom");
    }
    if (network.mutualInformation()) {
      parts.add("T");
    }
    facts.put(
        "Network",
        "%s, width %s%s; %s"
            .formatted(
                network.backbone(),
                network.width(),
                network.highPass() ? ", high-pass channel" : "",
                String.join(", ", parts)));
    facts.put(
        "Recipe",
        "alpha %s, %d steps of %d faces, seed %d"
            .formatted(config.loss().alpha(), config.steps(), config.batch(), config.seed()));
  }

  private String trainedOn() {
    return model
        .artifact()
        .map(artifact -> artifact.manifest().training().data())
        .or(() -> model.run().map(run -> files(run.archives().stream().map(Path::of).toList())))
        .orElse("not known: the checkpoint lies in no run folder");
  }

  private String engine() {
    return switch (engine) {
      case djl -> "the checkpoint's network on PyTorch (DJL)";
      case onnx -> "the exported graph on ONNX Runtime, as detectors do";
      case both ->
          "the exported graph on ONNX Runtime; the checkpoint's network agrees to 1e-4 on every"
              + " face";
    };
  }

  private String calibration() {
    var calibration = model.calibration();
    return calibration.method().equals("none")
        ? "none: probabilities are the plain sigmoid of the logit"
        : "%s, scale %.4f, offset %.4f"
            .formatted(calibration.method(), calibration.scale(), calibration.offset());
  }

  private String judgedOn() {
    long people = chosen.faces().stream().map(face -> face.identity()).distinct().count();
    return "%d faces of %d people in %s (%s people)"
        .formatted(chosen.faces().size(), people, files(archives), chosen.whom());
  }

  private static String files(List<Path> archives) {
    return archives.stream()
        .map(archive -> String.valueOf(archive.getFileName()))
        .collect(Collectors.joining(", "));
  }

  /** What makes the figures doubtful before they are computed. */
  public List<String> warnings() throws IOException {
    List<String> warnings = new ArrayList<>();
    Optional<String> extraction = model.extraction();
    if (extraction.isPresent() && !extraction.get().equals(chosen.set().extractionDigest())) {
      warnings.add(
          "the faces were extracted by recipe %s, the model was trained on %s"
              .formatted(chosen.set().extractionDigest(), extraction.get()));
    }
    boolean same = model.trainedOn().equals(Optional.of(chosen.set().contentDigest()));
    if (same && chosen.whom() == EvaluationData.People.all) {
      warnings.add("the model was trained on some of these people: the figures flatter it");
    }
    return warnings;
  }
}
