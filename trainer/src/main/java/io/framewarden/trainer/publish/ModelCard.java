package io.framewarden.trainer.publish;

import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.Extraction;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.dataset.SplitPeople;
import io.framewarden.trainer.evaluation.BinaryMetrics;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report that travels with a model: Markdown, for people. */
final class ModelCard {
  private static final String ABSENT = "absent";

  private ModelCard() {}

  static String of(ModelManifest manifest, HeldOut heldOut) {
    boolean calibrated = manifest.operatingPoints().stream().allMatch(OperatingPoint::calibrated);
    StringBuilder text = new StringBuilder();
    text.append("# ").append(manifest.name()).append(' ').append(manifest.version()).append("\n\n");
    if (!manifest.notDetected().isEmpty()) {
      text.append("**It does not detect ").append(manifest.notDetected()).append(".**\n\n");
    }
    text.append(manifest.description()).append("\n\n");
    text.append("Trained on: ").append(manifest.training().data()).append("\n\n");
    text.append("Forgery domains trained on: ").append(manifest.training().domains());
    text.append("; held out: ").append(manifest.training().heldOutDomains()).append(".\n\n");
    text.append("## People that training never saw\n\n").append(metrics(heldOut.evaluation()));
    if (!manifest.extractions().isEmpty()) {
      text.append(extractions(manifest));
    }
    text.append(ErrorTable.sections(manifest, heldOut));
    text.append("## Operating points (").append(calibrated ? "" : "un");
    text.append("calibrated probability)\n\n");
    text.append("| point | fake at | real below |\n|---|---|---|\n");
    for (OperatingPoint point : manifest.operatingPoints()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.4f | %.4f |%n",
              point.name(),
              point.fakeAt(),
              point.realBelow()));
    }
    text.append(
        calibrated
            ? String.format(
                Locale.ROOT,
                "%nCalibration: %s, scale %.4f, offset %.4f, fitted on validation people.%n",
                manifest.calibration().method(),
                manifest.calibration().scale(),
                manifest.calibration().offset())
            : "\nNot calibrated: there was nobody to calibrate on. The probability is the plain"
                + " sigmoid of the logit, the threshold promises nothing, and every verdict by it"
                + " is for human review.\n");
    return text.toString();
  }

  /** A row for each recipe whose faces the model may score, its training's first. */
  private static String extractions(ModelManifest manifest) {
    List<String> points = manifest.operatingPoints().stream().map(OperatingPoint::name).toList();
    StringBuilder text = new StringBuilder("## Extractions\n\n");
    text.append("People that training never saw; flagged: the share of real faces.\n\n");
    text.append("| recipe | detector | real | fake | AUC |");
    points.forEach(point -> text.append(" flagged, ").append(point).append(" |"));
    text.append("\n").append("|---".repeat(5 + points.size())).append("|\n");
    text.append(
        row(
            new Extraction(
                manifest.extractionDigest(), manifest.extractionRecipe(), manifest.metrics()),
            points));
    manifest.extractions().forEach(further -> text.append(row(further, points)));
    return text.append('\n').toString();
  }

  private static String row(Extraction extraction, List<String> points) {
    Stream<String> counts =
        Stream.of("reals", "fakes")
            .map(name -> extraction.metrics().getOrDefault("heldout." + name, 0.0))
            .map(count -> String.valueOf(count.longValue()));
    Stream<String> shares =
        Stream.concat(Stream.of("auc"), points.stream().map(point -> "flagged." + point))
            .map(name -> extraction.metrics().get("heldout." + name))
            .map(value -> value == null ? ABSENT : String.format(Locale.ROOT, "%.3f", value));
    String digest = extraction.digest();
    return "| %s | %s | %s |%n"
        .formatted(
            digest.substring(0, Math.min(12, digest.length())),
            extraction.recipe().path("detector").asText().split(" ")[0],
            Stream.concat(counts, shares).collect(Collectors.joining(" | ")));
  }

  private static String metrics(Evaluation heldOut) {
    int people = heldOut.frames().people();
    if (people == 0) {
      return "There was nobody: the model has no metrics.\n\n";
    }
    StringBuilder text = new StringBuilder("Metrics of ");
    text.append(SplitPeople.count(people));
    text.append(people < SplitPeople.MIN_TEST ? " only: they are rough.\n\n" : ".\n\n");
    text.append(
        "| faces | real | fake | AUC | EER | AP | TPR at FPR 5 % | ECE | blur baseline AUC | AUC"
            + " without blur |\n|---|---|---|---|---|---|---|---|---|---|\n");
    rows(heldOut).forEach((name, metrics) -> text.append(row(name, metrics)));
    text.append("\nThe blur baseline is minus the log energy of the inner face's Laplacian; the");
    text.append(" last column is the AUC of the logits with that score regressed out.\n\n");
    return text.toString();
  }

  private static Map<String, BinaryMetrics> rows(Evaluation heldOut) {
    Map<String, BinaryMetrics> rows = new LinkedHashMap<>();
    rows.put("all", heldOut.frames());
    heldOut.videos().ifPresent(metrics -> rows.put("all, by video", metrics));
    heldOut.unseen().ifPresent(metrics -> rows.put("held-out domains", metrics));
    new TreeMap<>(heldOut.domains()).forEach(rows::put);
    return rows;
  }

  private static String row(String name, BinaryMetrics metrics) {
    return "| "
        + String.join(
            " | ",
            name,
            String.valueOf(metrics.reals()),
            String.valueOf(metrics.fakes()),
            format(metrics.auc()),
            format(metrics.eer()),
            format(metrics.get(Metric.AP)),
            format(metrics.get(Metric.TPR_AT_FPR_5)),
            format(metrics.get(Metric.ECE)),
            format(metrics.get(Metric.BLUR_AUC)),
            format(metrics.get(Metric.AUC_WITHOUT_BLUR)))
        + " |\n";
  }

  private static String format(OptionalDouble metric) {
    return metric.isPresent() ? String.format(Locale.ROOT, "%.3f", metric.getAsDouble()) : ABSENT;
  }
}
