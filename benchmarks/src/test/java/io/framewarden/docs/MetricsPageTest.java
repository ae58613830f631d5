package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps docs/metrics.md what the services register. */
class MetricsPageTest {
  private static final Pattern REGISTERED =
      Pattern.compile(
          "\\b([A-Za-z]+)(?:\\.build)?\\(\\s*\"(framewarden_[a-z_]+)\",\\s*((?:\"[^\"]*\"[\\s+]*)+)");
  private static final Pattern LABELS = Pattern.compile("\\.labelNames\\(([^)]*)\\)");
  private static final Pattern END = Pattern.compile("\\.(register|create)\\(");
  private static final Pattern NAME = Pattern.compile("\\bframewarden_[a-z][a-z_]*[a-z]\\b");

  private record Metric(String name, String kind, String labels, String help) {}

  private static final String HEAD =
      """
      # Metrics

      Each service serves `/metrics` in Prometheus' text format on its HTTP port, beside `/healthz` and
      `/readyz`; `serve` shows those of both services. Counters of the scorer count committed work only,
      so the books balance: received = scored + dead letters of `face-frames`.

      This page is generated from the sources; do not edit it
      (see [CONTRIBUTING.md](../CONTRIBUTING.md#generated-pages)).
      """;

  @Test
  void thePageIsWhatTheServicesRegister() throws IOException {
    Repository.checkGenerated("docs/metrics.md", page());
  }

  @Test
  void everyMetricThatAPageNamesIsRegistered() {
    Set<String> registered = new TreeSet<>();
    NAME.matcher(page()).results().map(MatchResult::group).forEach(registered::add);
    Set<String> unknown = new TreeSet<>();
    for (Path page : Repository.pages()) {
      for (MatchResult name : NAME.matcher(Repository.text(page)).results().toList()) {
        String base = name.group().replaceAll("_(sum|count|bucket)$", "");
        if (!registered.contains(name.group()) && !registered.contains(base)) {
          unknown.add(Repository.name(page) + ": " + name.group());
        }
      }
    }
    assertEquals(Set.of(), unknown);
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    for (String module : List.of("ingest-service", "detector-service", "service-runtime")) {
      page.append("\n## ").append(module.equals("service-runtime") ? "Both services" : module);
      page.append("\n\n| metric | kind | labels | what it measures |\n|---|---|---|---|\n");
      for (Metric metric : metrics(module)) {
        page.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(metric.name(), metric.kind(), metric.labels(), metric.help()));
      }
    }
    return page.toString();
  }

  private static List<Metric> metrics(String module) {
    List<Metric> metrics = new ArrayList<>();
    for (Path source : Repository.mainSources()) {
      if (source.startsWith(Repository.root().resolve(module))) {
        String text = Repository.text(source);
        Matcher registered = REGISTERED.matcher(text);
        while (registered.find()) {
          metrics.add(metric(registered, rest(text, registered.end())));
        }
      }
    }
    return metrics;
  }

  /** What is said of a metric behind its help. */
  private static String rest(String text, int from) {
    Matcher end = END.matcher(text);
    return text.substring(from, end.find(from) ? end.start() : text.length());
  }

  private static Metric metric(Matcher registered, String rest) {
    String kind = registered.group(1).toLowerCase(Locale.ROOT);
    String name = registered.group(2);
    Matcher labels = LABELS.matcher(rest);
    return new Metric(
        kind.equals("counter") && !name.endsWith("_total") ? name + "_total" : name,
        kind,
        labels.find() ? labels.group(1).replace("\"", "`") : "",
        Pattern.compile("\"([^\"]*)\"")
            .matcher(registered.group(3))
            .results()
            .map(part -> part.group(1))
            .collect(Collectors.joining()));
  }
}
