package io.framewarden.trainer.publish;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.evaluation.BinaryMetrics;
import io.framewarden.trainer.evaluation.Metric;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Error rates of sets of faces at each operating point, as Markdown. Immutable. */
final class ErrorTable {
  /** Of a standard normal deviate: 95 % lie within. */
  private static final double Z = 1.96;

  private final Calibration calibration;
  private final List<OperatingPoint> points;

  private ErrorTable(Calibration calibration, List<OperatingPoint> points) {
    this.calibration = calibration;
    this.points = points;
  }

  /** The card's sections by size and compression and by group, as far as there are faces. */
  static String sections(ModelManifest manifest, HeldOut heldOut) {
    ErrorTable table = new ErrorTable(manifest.calibration(), manifest.operatingPoints());
    StringBuilder text = new StringBuilder();
    if (!heldOut.conditions().isEmpty()) {
      text.append("## By size and compression\n\n");
      text.append("The same people and pseudo-fakes in H.264; shares of single faces, not of");
      text.append(" videos. Flagged and undecided: of the real ones.\n\n");
      text.append(table.of("condition", heldOut.conditions()));
    }
    if (!heldOut.people().isEmpty()) {
      text.append("## By group\n\n");
      text.append("The faces of the metrics above, by what the archives say of their people.\n\n");
      text.append(table.of("group", heldOut.people()));
      text.append("The highest share of flagged real faces over the lowest:\n\n");
      text.append(table.ratios(heldOut.people()));
    }
    return text.toString();
  }

  /**
   * A row for each set: AUC, and for each point the shares of real faces that are flagged, with
   * their 95 % interval, and undecided, and of the fakes that are found.
   *
   * @param what the sets are, the heading of the first column
   */
  private String of(String what, Map<String, List<ScoredFace>> sets) {
    StringBuilder text = new StringBuilder("| ").append(what).append(" | real | fake | AUC |");
    for (OperatingPoint point : points) {
      text.append(" %s: flagged | undecided | found |".formatted(point.name()));
    }
    text.append("\n|").append("---|".repeat(4 + 3 * points.size())).append('\n');
    sets.forEach((name, faces) -> text.append(row(name, faces)));
    return text.append('\n').toString();
  }

  private String row(String name, List<ScoredFace> faces) {
    List<String> cells = new ArrayList<>(List.of(ManifestCard.cell(name)));
    for (OperatingPoint point : points) {
      BinaryMetrics metrics = BinaryMetrics.of(faces, calibration, point.fakeAt());
      if (cells.size() == 1) {
        cells.add(String.valueOf(metrics.reals()));
        cells.add(String.valueOf(metrics.fakes()));
        cells.add(number("%.3f", metrics.auc()));
      }
      OptionalDouble flagged = metrics.get(Metric.FPR);
      cells.add(number("%.3f", flagged) + (flagged.isPresent() ? interval(flagged, faces) : ""));
      cells.add(number("%.3f", undecided(faces, point)));
      cells.add(number("%.3f", metrics.get(Metric.TPR)));
    }
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /**
   * Wilson's interval, which is wide where nothing was flagged of a few. A person counts once,
   * however many of the faces are his or hers: they say little independent of each other.
   */
  private static String interval(OptionalDouble flagged, List<ScoredFace> faces) {
    double p = flagged.getAsDouble();
    long n =
        faces.stream().filter(face -> !face.fake()).map(ScoredFace::identity).distinct().count();
    double middle = p + Z * Z / (2 * n);
    double reach = Z * Math.sqrt((p * (1 - p) + Z * Z / (4.0 * n)) / n);
    double scale = 1 + Z * Z / n;
    return String.format(
        Locale.ROOT,
        " [%.3f, %.3f]",
        Math.max(0, (middle - reach) / scale),
        (middle + reach) / scale);
  }

  private OptionalDouble undecided(List<ScoredFace> faces, OperatingPoint point) {
    return faces.stream()
        .filter(face -> !face.fake())
        .mapToDouble(face -> calibration.probability(face.logit()))
        .map(p -> p >= point.realBelow() && p < point.fakeAt() ? 1 : 0)
        .average();
  }

  /**
   * By how much the highest share of flagged real faces exceeds the lowest, between the groups of
   * one kind, as a list.
   *
   * @param people sets named {@code KIND=VALUE}
   */
  private String ratios(Map<String, List<ScoredFace>> people) {
    Map<String, List<List<ScoredFace>>> kinds = new TreeMap<>();
    people.forEach(
        (name, faces) ->
            kinds
                .computeIfAbsent(name.substring(0, name.indexOf('=')), kind -> new ArrayList<>())
                .add(faces));
    StringBuilder text = new StringBuilder();
    kinds.forEach(
        (kind, sets) -> {
          text.append("- ").append(ManifestCard.cell(kind)).append(':');
          for (OperatingPoint point : points) {
            double[] shares =
                sets.stream()
                    .map(some -> BinaryMetrics.of(some, calibration, point.fakeAt()))
                    .flatMapToDouble(metrics -> metrics.get(Metric.FPR).stream())
                    .sorted()
                    .toArray();
            text.append(' ').append(point.name()).append(' ');
            text.append(
                shares.length > 1 && shares[0] > 0
                    ? String.format(Locale.ROOT, "%.2f", shares[shares.length - 1] / shares[0])
                    : "none");
            text.append(',');
          }
          text.setCharAt(text.length() - 1, '\n');
        });
    return text.append('\n').toString();
  }

  private static String number(String format, OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "absent";
  }
}
