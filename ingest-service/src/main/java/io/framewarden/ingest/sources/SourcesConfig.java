package io.framewarden.ingest.sources;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Which ways in are open.
 *
 * @param eventsTopic topic of S3 event messages; empty for none
 * @param watched folder whose files are taken; null for none
 * @param settled how long a file must not have changed to be whole
 */
public record SourcesConfig(String eventsTopic, Path watched, Duration settled) {
  @ConfigDescription(
      "Topic of S3 event messages whose videos are fetched, as far as FRAMEWARDEN_FROM_URI_ALLOWED"
          + " allows.")
  public static final String EVENTS_TOPIC = "FRAMEWARDEN_S3_EVENTS_TOPIC";

  @ConfigDescription("Folder whose files are taken in.")
  public static final String WATCH_DIR = "FRAMEWARDEN_WATCH_DIR";

  @ConfigDescription("How long a file in the watched folder must not have changed.")
  public static final String WATCH_SETTLED = "FRAMEWARDEN_WATCH_SETTLED";

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{0,249}");

  public static SourcesConfig from(Settings settings) {
    String topic = settings.text(EVENTS_TOPIC, "");
    if (!TOPIC.matcher(topic).matches()) {
      settings.problem(EVENTS_TOPIC + " is " + topic + ", which is no topic's name");
    }
    return new SourcesConfig(
        topic,
        settings.path(WATCH_DIR).orElse(null),
        settings.duration(WATCH_SETTLED, Duration.ofSeconds(10)));
  }
}
