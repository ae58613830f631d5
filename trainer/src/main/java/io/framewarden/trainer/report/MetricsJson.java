package io.framewarden.trainer.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.trainer.evaluation.Interval;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.report.ExplanationSections.Confusion;
import io.framewarden.trainer.report.ReportData.Inside;
import io.framewarden.trainer.report.ReportData.Run;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Every figure of a report, for programs. A figure that is absent has no entry. */
public final class MetricsJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private MetricsJson() {}

  /** The report's figures as JSON. */
  static byte[] of(ReportData data) throws JsonProcessingException {
    ObjectNode root = figures(data.judged());
    data.robustness().ifPresent(grid -> root.set("robustness", robustness(grid)));
    data.inside().ifPresent(inside -> confusion(inside, root));
    if (data.runs().size() > 1) {
      root.set("runs", runs(data.runs()));
    }
    ArrayNode notes = root.putArray("notes");
    data.notes().forEach(notes::add);
    return MAPPER.writeValueAsBytes(root);
  }

  /** Model, figures and intervals; a robustness grid too when there is one. */
  public static ObjectNode figures(EvaluationReport judged) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("model", judged.title());
    root.set("facts", MAPPER.valueToTree(judged.facts()));
    root.set("calibration", MAPPER.valueToTree(judged.calibration()));
    root.set("operatingPoints", MAPPER.valueToTree(judged.points()));
    root.set("figures", MAPPER.valueToTree(judged.evaluation().named(EvaluationReport.PREFIX)));
    ObjectNode intervals = root.putObject("intervals");
    judged.intervals().forEach((name, interval) -> intervals.set(name, pair(interval)));
    return root;
  }

  private static ArrayNode pair(Interval interval) {
    return MAPPER.createArrayNode().add(interval.low()).add(interval.high());
  }

  /** The grid as JSON. */
  public static ObjectNode robustness(RobustnessGrid grid) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("faces", grid.faces());
    put(node, "clean", grid.clean());
    put(node, "mean", grid.mean());
    ArrayNode rows = node.putArray("corruptions");
    for (RobustnessGrid.Row row : grid.rows()) {
      ObjectNode entry = rows.addObject();
      entry.put("name", row.corruption().name().toLowerCase(Locale.ROOT));
      entry.put("unit", row.corruption().unit());
      entry.set("levels", MAPPER.valueToTree(row.corruption().levels()));
      row.notApplicable().ifPresent(reason -> entry.put("notApplicable", reason));
      list(entry, "auc", row.auc());
      list(entry, "blurAuc", row.blurAuc());
      put(entry, "mean", row.mean());
    }
    return node;
  }

  private static void list(ObjectNode node, String name, List<OptionalDouble> figures) {
    if (!figures.isEmpty()) {
      ArrayNode values = node.putArray(name);
      figures.forEach(
          figure -> {
            if (figure.isPresent()) {
              values.add(figure.getAsDouble());
            } else {
              values.addNull();
            }
          });
    }
  }

  private static void put(ObjectNode node, String name, OptionalDouble figure) {
    figure.ifPresent(value -> node.put(name, value));
  }

  private static void confusion(Inside inside, ObjectNode root) {
    if (inside.insights().stream().allMatch(insight -> insight.domain().isPresent())) {
      Confusion confusion = Confusion.of(inside);
      ObjectNode node = root.putObject("domainConfusion");
      node.set("said", MAPPER.valueToTree(confusion.columns()));
      node.set("shares", MAPPER.valueToTree(confusion.rows()));
      put(node, "accuracy", confusion.accuracy());
    }
  }

  /** Runs beside each other as JSON. */
  public static ArrayNode runs(List<Run> runs) {
    ArrayNode nodes = MAPPER.createArrayNode();
    runs.forEach(run -> nodes.add(run(run)));
    return nodes;
  }

  private static ObjectNode run(Run run) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("name", run.name());
    put(node, "alpha", run.alpha());
    node.set("trained", MAPPER.valueToTree(run.trained()));
    node.set("figures", MAPPER.valueToTree(run.evaluation().named(EvaluationReport.PREFIX)));
    return node;
  }
}
