package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.framewarden.detector.DetectorMain;
import io.framewarden.detector.DetectorRole;
import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.detector.release.follow.ReleaseConfig;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.ingest.http.UploadApiConfig;
import io.framewarden.ingest.kafka.IngestConfig;
import io.framewarden.ingest.sources.SourcesConfig;
import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.store.StoreConfig;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps docs/configuration.md what the configuration records read. */
class ConfigurationPageTest {
  private static final Pattern LITERAL = Pattern.compile("\"(FRAMEWARDEN_[A-Z0-9_]*[A-Z0-9])\"");
  private static final Pattern ON_PAGE = Pattern.compile("(?m)^\\| `(FRAMEWARDEN_[A-Z0-9_]+)");

  private record Section(String title, String readers, Consumer<Settings> read) {}

  private static final List<Section> SECTIONS =
      List.of(
          new Section(
              "Every process",
              "ingest-service, detector-service; commands that connect to Kafka. `serve` takes"
                  + " `--host`, `--port`, `--probe-port` and `--kafka-port` instead of addresses.",
              settings -> {
                settings.check();
                KafkaConnection.from(settings);
                HttpSettings.from(settings, 0);
              }),
          new Section(
              "Object store",
              "ingest-service, detector-service (role scorer), `serve`, `release`,"
                  + " `dataset from-decisions`. `serve` keeps its store in its data folder unless"
                  + " this names one. Credentials of S3 come from the AWS SDK's default chain.",
              StoreConfig::from),
          new Section(
              "Uploads",
              "ingest-service, `serve`.",
              settings -> {
                UploadApiConfig.from(settings, DecodeLimits.defaults());
                SourcesConfig.from(settings);
              }),
          new Section(
              "Extraction",
              "ingest-service, `serve`, `moderate`, `faces`, `dataset from-decisions`.",
              settings -> ExtractionConfig.from(settings, 1)),
          new Section(
              "Ingest: workers, decoder processes, pace",
              "ingest-service, `serve`, `moderate`.",
              IngestConfig::from),
          new Section(
              "Detector: role and engine",
              "detector-service; the engine also `serve`, `moderate`, `replay`.",
              settings -> {
                settings.choice(DetectorMain.ROLE, DetectorRole.BOTH, DetectorRole.class);
                EngineConfig.from(settings);
              }),
          new Section(
              "Detector: scorer",
              "detector-service (role scorer), `serve`, `moderate`, `replay`.",
              settings -> {
                ScorerConfig.from(settings);
                ReleaseConfig.from(settings);
              }),
          new Section(
              "Detector: verdicts",
              "detector-service (role verdicts), `serve`, `moderate`, `replay`.",
              VerdictConfig::from));

  private static final String HEAD =
      """
      # Configuration

      Services and commands are configured by environment variables. The same variables configure a
      service on its own and inside `framewarden`. A bad value, and any `FRAMEWARDEN_` variable that
      a service does not know, is reported at start, all of them at once. An empty variable is as
      if it were not set. Durations are written `500ms`, `30s`, `5m`, `2h` or as ISO 8601 (`PT5M`).

      This page is generated from the configuration records; do not edit it
      (see [CONTRIBUTING.md](../CONTRIBUTING.md#generated-pages)).
      """;

  @Test
  void thePageIsWhatTheConfigurationRecordsRead() throws Exception {
    Repository.checkGenerated("docs/configuration.md", page());
  }

  @Test
  void thePageHasEveryVariableThatTheSourcesName() throws Exception {
    Set<String> named = new TreeSet<>();
    for (Path source : Repository.mainSources()) {
      LITERAL
          .matcher(Repository.text(source))
          .results()
          .map(match -> match.group(1))
          .forEach(named::add);
    }
    Set<String> listed = new TreeSet<>();
    ON_PAGE.matcher(page()).results().map(match -> match.group(1)).forEach(listed::add);
    named.removeIf(name -> listed.stream().anyMatch(each -> each.startsWith(name + "_")));
    named.removeAll(listed);
    assertEquals(Set.of(), named, "no section of the page reads these");
  }

  private static String page() throws Exception {
    Map<String, ConfigDescription> descriptions = descriptions();
    StringBuilder page = new StringBuilder(HEAD);
    Set<String> listed = new HashSet<>();
    for (Section section : SECTIONS) {
      Settings settings = new Settings(Map.of());
      section.read().accept(settings);
      page.append("\n## ").append(section.title()).append("\n\nRead by: ");
      page.append(section.readers())
          .append("\n\n| variable | default | accepts | what it does |\n");
      page.append("|---|---|---|---|\n");
      Map<String, String> defaults = settings.used();
      settings
          .accepted()
          .forEach(
              (name, accepted) -> {
                if (listed.add(name)) {
                  page.append(row(name, defaults.get(name), accepted, descriptions.get(name)));
                }
              });
    }
    return page.toString();
  }

  private static String row(
      String name, String value, String accepted, ConfigDescription description) {
    assertNotNull(description, name + " has no @ConfigDescription");
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            name,
            description.byDefault().isEmpty()
                ? shown(value, accepted)
                : cell(description.byDefault()),
            cell(brief(accepted)),
            cell(description.value()));
  }

  private static String brief(String accepted) {
    return accepted
        .replaceAll("^one of \\[?([^]]*)]?$", "$1")
        .replaceAll("^an? ((whole )?number from |)", "")
        .replaceAll("^any text$", "text")
        .replaceAll("^duration .*", "duration")
        .replaceAll("\\.0\\b", "")
        .replace(" to " + Long.MAX_VALUE, " or more");
  }

  /** As a person would write it. */
  private static String shown(String value, String accepted) {
    if (value == null || value.isEmpty()) {
      return "";
    }
    String written = value;
    if (accepted.startsWith("a duration")) {
      written = duration(Duration.parse(value));
    } else if (accepted.startsWith("one of [")) {
      written = value.toLowerCase(Locale.ROOT).replace('_', '-');
    } else if (accepted.startsWith("a number")) {
      written = value.replaceAll("\\.0$", "");
    }
    return "`" + cell(written) + "`";
  }

  private static String duration(Duration duration) {
    if (duration.toMillis() % 1000 != 0) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  /** By the variable's name, a prefix with a star at its end. */
  private static Map<String, ConfigDescription> descriptions() throws Exception {
    Map<String, ConfigDescription> found = new HashMap<>();
    for (Path source : Repository.mainSources()) {
      if (!Repository.text(source).contains("@ConfigDescription(")) {
        continue;
      }
      for (Field field : Repository.classIn(source).getDeclaredFields()) {
        ConfigDescription description = field.getAnnotation(ConfigDescription.class);
        if (description != null) {
          field.setAccessible(true);
          String name = (String) field.get(null);
          found.put(name.endsWith("_") ? name + "*" : name, description);
        }
      }
    }
    return found;
  }
}
