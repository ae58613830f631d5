package io.framewarden.trainer.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.schemas.text.VisibleText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What any model's manifest says of it, for people. Stateless. */
public final class ManifestCard {
  private ManifestCard() {}

  /** The card as Markdown: a title, the description and a table. */
  public static String markdown(ModelManifest manifest) {
    StringBuilder text = new StringBuilder();
    String title = manifest.name() + " " + manifest.version();
    text.append("# ").append(VisibleText.of(title)).append("\n\n");
    text.append(VisibleText.ofLines(manifest.description())).append("\n\n| | |\n|---|---|\n");
    rows(manifest)
        .forEach(
            (name, value) ->
                text.append("| ")
                    .append(cell(name))
                    .append(" | ")
                    .append(cell(value))
                    .append(" |\n"));
    return text.toString();
  }

  /** A line break would end the table, and a bar the cell. */
  static String cell(String text) {
    return VisibleText.of(text).replace("|", "\\|");
  }

  /** What there is to know, by what it is, in the order of reading. */
  public static Map<String, String> rows(ModelManifest manifest) {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("model", manifest.name() + " " + manifest.version());
    rows.put("faces", manifest.input().shape() + ", as " + manifest.input().name());
    if (!manifest.notDetected().isEmpty()) {
      rows.put("does not detect", manifest.notDetected());
    }
    extraction(manifest, rows);
    rows.put("calibration", calibration(manifest));
    for (OperatingPoint point : manifest.operatingPoints()) {
      rows.put("operating point " + point.name(), point(point));
    }
    training(manifest, rows);
    new TreeMap<>(manifest.metrics() == null ? Map.of() : manifest.metrics())
        .forEach((name, value) -> rows.put("metric " + name, number((Double) value)));
    return rows;
  }

  private static void extraction(ModelManifest manifest, Map<String, String> rows) {
    rows.put("extraction", manifest.extractionDigest());
    JsonNode recipe = manifest.extractionRecipe();
    if (recipe == null || !recipe.isObject()) {
      return;
    }
    recipe
        .fields()
        .forEachRemaining(part -> rows.put("extraction " + part.getKey(), text(part.getValue())));
  }

  private static String calibration(ModelManifest manifest) {
    var calibration = manifest.calibration();
    return calibration.method().equals("none")
        ? "none: the probability is the plain sigmoid of the logit, and claims nothing"
        : "%s, scale %s, offset %s"
            .formatted(
                calibration.method(), number(calibration.scale()), number(calibration.offset()));
  }

  private static String point(OperatingPoint point) {
    String thresholds =
        "fake from %s, real below %s".formatted(number(point.fakeAt()), number(point.realBelow()));
    return point.calibrated() ? thresholds : thresholds + "; chosen on nobody, for human review";
  }

  private static void training(ModelManifest manifest, Map<String, String> rows) {
    ModelManifest.Training training = manifest.training();
    if (training == null) {
      return;
    }
    JsonNode recipe = training.recipe();
    rows.put("trained on", training.data());
    rows.put("licence", recipe == null ? "not named" : recipe.path("licence").asText("not named"));
    if (training.domains() != null && !training.domains().isEmpty()) {
      rows.put("fakes trained on", String.join(", ", training.domains()));
    }
    if (training.heldOutDomains() != null && !training.heldOutDomains().isEmpty()) {
      rows.put("fakes held out", String.join(", ", training.heldOutDomains()));
    }
    if (recipe != null && recipe.has("importedFrom")) {
      recipe.fields().forEachRemaining(part -> rows.put(part.getKey(), text(part.getValue())));
    }
  }

  /** On one line: text as it is, an object by its members, anything else as JSON. */
  private static String text(JsonNode value) {
    if (!value.isObject()) {
      return value.asText(value.toString());
    }
    StringJoiner members = new StringJoiner(", ");
    value.fields().forEachRemaining(part -> members.add(part.getKey() + " " + part.getValue()));
    return members.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.6g", value);
  }
}
