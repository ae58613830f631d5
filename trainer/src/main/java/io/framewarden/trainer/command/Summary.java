package io.framewarden.trainer.command;

import io.framewarden.schemas.model.ModelArtifact;
import java.util.Locale;
import java.util.Map;

/** A model and its figures in a few lines of text. */
final class Summary {
  private Summary() {}

  static String of(ModelArtifact model) {
    return "%s %s in %s, digest %s%n%s"
        .formatted(
            model.manifest().name(),
            model.manifest().version(),
            model.folder(),
            model.digest(),
            table(model.manifest().metrics()));
  }

  /** One figure a line. */
  static String table(Map<String, Double> figures) {
    StringBuilder text = new StringBuilder();
    figures.forEach(
        (name, value) ->
            text.append(
                value == Math.rint(value) && Math.abs(value) >= 2
                    ? String.format(Locale.ROOT, "  %-44s %8.0f%n", name, value)
                    : String.format(Locale.ROOT, "  %-44s %8.4f%n", name, value)));
    return text.toString().stripTrailing();
  }
}
