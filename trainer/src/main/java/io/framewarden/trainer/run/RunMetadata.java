package io.framewarden.trainer.run;

import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a reader of metrics must know of model and faces. */
public final class RunMetadata {
  private final EvaluatedModel model;
  private final EvaluationData data;
  private final EvaluatedModel.Engine engine;

  /** What to know of an evaluation; computed when it is asked for. */
  public RunMetadata(EvaluatedModel model, EvaluationData data, EvaluatedModel.Engine engine) {
    this.model = model;
    this.data = data;
    this.engine = engine;
  }

  /** By name, in the order of a report; no paths, because reports are passed on. */
  public Map<String, String> named() throws IOException {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("Model", model.title());
    model.artifact().ifPresent(artifact -> named.put("Digest", artifact.digest()));
    if (model.hasNetwork()) {
      recipe(model.network().config(), named);
      named.put(
          "Checkpoint",
          "step %d of %d".formatted(model.network().step(), model.network().config().steps()));
    }
    named.put("Trained on", trainedOn());
    named.put("Domains trained on", String.join(", ", model.domains()));
    named.put("Scored by", engine());
    named.put("Calibration", calibration());
    named.put("Evaluated on", evaluatedOn());
    return named;
  }

  /** Adds the network and its recipe. */
  static void recipe(TrainingConfig config, Map<String, String> named) {
    NetworkConfig network = config.network();
    List<String> parts = new ArrayList<>();
    parts.add(network.attention() ? "A_df" : "no attention (plain baseline)");
    switch (network.domainBranch()) {
      case ATTENTION -> parts.add("A_dom");
      case CLASSIFIER -> parts.add("C_bar on I_os, no A_dom");
      case NONE -> {}
    }
    if (network.mutualInformation()) {
      parts.add("T");
    }
    named.put(
        "Network",
        "%s, width %s%s; %s"
            .formatted(
                network.backbone(),
                network.width(),
                network.highPass() ? ", high-pass channel" : "",
                String.join(", ", parts)));
    named.put(
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

  private String evaluatedOn() {
    long people = data.faces().stream().map(face -> face.identity()).distinct().count();
    return "%d faces of %d people in %s (%s people)"
        .formatted(data.faces().size(), people, files(data.archives()), data.people());
  }

  private static String files(List<Path> archives) {
    return archives.stream()
        .map(archive -> String.valueOf(archive.getFileName()))
        .collect(Collectors.joining(", "));
  }

  /** What makes the metrics doubtful before they are computed. */
  public List<String> warnings() throws IOException {
    List<String> warnings = new ArrayList<>();
    List<String> known = model.extractionDigests();
    for (String extraction : data.set().extractions().keySet()) {
      if (!known.isEmpty() && !known.contains(extraction)) {
        warnings.add(
            "faces were extracted by recipe %s, the model is for %s"
                .formatted(extraction, String.join(", ", known)));
      }
    }
    if (data.trainedOn() && data.people() == EvaluationData.People.all) {
      warnings.add("the model was trained on some of these people: the metrics flatter it");
    }
    return warnings;
  }
}
