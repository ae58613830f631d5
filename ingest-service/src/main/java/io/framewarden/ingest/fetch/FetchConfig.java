package io.framewarden.ingest.fetch;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.StoreConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where videos may be fetched from.
 *
 * @param allowed URI prefixes, each ending in a slash; none of them: nothing is fetched
 * @param deadline for the whole of a file over http(s)
 * @param s3 how S3 is reached, as the object store is
 */
public record FetchConfig(List<URI> allowed, Duration deadline, StoreConfig s3) {
  @ConfigDescription(
      value =
          "URI prefixes that videos are fetched from, comma separated, each with a slash at its"
              + " end, such as s3://incoming/ or file:///srv/videos/.",
      byDefault = "none: nothing is fetched")
  public static final String ALLOWED = "FRAMEWARDEN_FROM_URI_ALLOWED";

  @ConfigDescription("Longest time that fetching one file over http(s) may take.")
  public static final String DEADLINE = "FRAMEWARDEN_FROM_URI_DEADLINE";

  private static final List<String> SCHEMES = List.of("file", "s3", "http", "https");

  public FetchConfig {
    allowed = List.copyOf(allowed);
  }

  public static FetchConfig from(Settings settings) {
    List<URI> allowed = new ArrayList<>();
    for (String prefix : settings.text(ALLOWED, "").split(",")) {
      if (!prefix.isBlank()) {
        add(prefix.strip(), allowed, settings);
      }
    }
    Duration deadline = settings.duration(DEADLINE, Duration.ofMinutes(10));
    if (deadline.toMillis() < 1) {
      settings.problem(DEADLINE + " must be longer than nothing, e.g. 10m");
    }
    return new FetchConfig(allowed, deadline, StoreConfig.from(settings));
  }

  private static void add(String prefix, List<URI> allowed, Settings settings) {
    try {
      URI uri = URI.create(prefix);
      boolean known = uri.getScheme() != null && SCHEMES.contains(uri.getScheme());
      boolean complete = known && ("file".equals(uri.getScheme()) || uri.getHost() != null);
      if (complete && prefix.endsWith("/") && uri.getRawQuery() == null) {
        allowed.add(uri);
        return;
      }
    } catch (IllegalArgumentException e) {
      // Told below, with the others.
    }
    settings.problem(
        ALLOWED
            + " has "
            + prefix
            + ", which is not a prefix such as s3://bucket/folder/, file:///srv/videos/ or"
            + " https://host/folder/, with the slash at its end");
  }
}
