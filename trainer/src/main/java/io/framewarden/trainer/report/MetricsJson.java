package io.framewarden.trainer.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.trainer.dataset.KindStudy;
import io.framewarden.trainer.evaluation.Bootstrap.Interval;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.probe.Probe;
import io.framewarden.trainer.report.ExplanationSections.Confusion;
import io.framewarden.trainer.report.ReportData.Explanations;
import io.framewarden.trainer.report.ReportData.Run;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Every metric of a report, for programs. A metric that is absent has no entry. Stateless. */
public final class MetricsJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private MetricsJson() {}

  /** The report's metrics as JSON. */
  static byte[] of(ReportData data) throws JsonProcessingException {
    ObjectNode root = metrics(data.report());
    if (!data.robustness().isEmpty()) {
      root.set("robustness", robustness(data.robustness()));
    }
    if (!data.training().probes().isEmpty()) {
      root.set("probes", probes(data.training().probes()));
    }
    if (!data.training().kinds().isEmpty()) {
      root.set("pseudoFakes", kinds(data.training().kinds()));
    }
    if (data.explanations().hasDomains()) {
      root.set("domainConfusion", confusion(data.explanations()));
    }
    if (data.hasComparison()) {
      root.set("runs", runs(data.runs()));
    }
    ArrayNode notes = root.putArray("notes");
    data.notes().forEach(notes::add);
    return MAPPER.writeValueAsBytes(root);
  }

  /** Model, metrics and intervals. */
  public static ObjectNode metrics(EvaluationReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("model", report.model().title());
    root.set("metadata", MAPPER.valueToTree(report.model().metadata()));
    root.set("calibration", MAPPER.valueToTree(report.model().calibration()));
    root.set("operatingPoints", MAPPER.valueToTree(report.model().operatingPoints()));
    root.set("metrics", MAPPER.valueToTree(report.evaluation().named(EvaluationReport.PREFIX)));
    ObjectNode intervals = root.putObject("intervals");
    report.intervals().forEach((name, interval) -> intervals.set(name, pair(interval)));
    return root;
  }

  /** Probes as JSON. */
  public static ArrayNode probes(List<Probe> probes) {
    ArrayNode nodes = MAPPER.createArrayNode();
    for (Probe probe : probes) {
      ObjectNode node = nodes.addObject().put("name", probe.name()).put("value", probe.value());
      if (Double.isFinite(probe.low())) {
        node.put("atLeast", probe.low());
      }
      if (Double.isFinite(probe.high())) {
        node.put("atMost", probe.high());
      }
      node.put("passed", probe.passed()).put("meaning", probe.meaning());
    }
    return nodes;
  }

  private static ArrayNode kinds(List<KindStudy> kinds) {
    ArrayNode nodes = MAPPER.createArrayNode();
    for (KindStudy kind : kinds) {
      ObjectNode node = nodes.addObject().put("kind", kind.kind()).put("pairs", kind.pairs());
      node.set("change", MAPPER.valueToTree(kind.change()));
      node.set("lowest", MAPPER.valueToTree(kind.lowest()));
      node.set("highest", MAPPER.valueToTree(kind.highest()));
      node.put("blurAuc", kind.blurAuc()).put("degradedBlurAuc", kind.degradedBlurAuc());
    }
    return nodes;
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
      if (!row.notApplicable().isEmpty()) {
        entry.put("notApplicable", row.notApplicable());
      }
      list(entry, "auc", row.auc());
      list(entry, "blurAuc", row.blurAuc());
      put(entry, "mean", row.mean());
    }
    return node;
  }

  private static void list(ObjectNode node, String name, List<OptionalDouble> metrics) {
    if (!metrics.isEmpty()) {
      ArrayNode values = node.putArray(name);
      metrics.forEach(
          metric -> {
            if (metric.isPresent()) {
              values.add(metric.getAsDouble());
            } else {
              values.addNull();
            }
          });
    }
  }

  private static void put(ObjectNode node, String name, OptionalDouble metric) {
    metric.ifPresent(value -> node.put(name, value));
  }

  private static ObjectNode confusion(Explanations explanations) {
    Confusion confusion = Confusion.of(explanations);
    ObjectNode node = MAPPER.createObjectNode();
    node.set("predicted", MAPPER.valueToTree(confusion.columns()));
    node.set("shares", MAPPER.valueToTree(confusion.rows()));
    put(node, "accuracy", confusion.accuracy());
    return node;
  }

  /** Compared runs as JSON. */
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
    node.set("metrics", MAPPER.valueToTree(run.evaluation().named(EvaluationReport.PREFIX)));
    return node;
  }
}
