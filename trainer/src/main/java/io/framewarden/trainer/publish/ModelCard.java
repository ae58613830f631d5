package io.framewarden.trainer.publish;

import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.dataset.SplitPeople;
import io.framewarden.trainer.evaluation.BinaryMetrics;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.Metric;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The report that travels with a model: Markdown, for people. */
final class ModelCard {
  private ModelCard() {}

  static String of(ModelManifest manifest, Evaluation heldOut) {
    boolean calibrated = manifest.operatingPoints().stream().allMatch(OperatingPoint::calibrated);
    StringBuilder text = new StringBuilder();
    text.append("# ").append(manifest.name()).append(' ').append(manifest.version()).append("\n\n");
    text.append(manifest.description()).append("\n\n");
    text.append("Trained on: ").append(manifest.training().data()).append("\n\n");
    text.append("Forgery domains trained on: ").append(manifest.training().domains());
    text.append("; held out: ").append(manifest.training().heldOutDomains()).append(".\n\n");
    text.append("## People that training never saw\n\n").append(metrics(heldOut));
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
    return metric.isPresent() ? String.format(Locale.ROOT, "%.3f", metric.getAsDouble()) : "absent";
  }
}
