package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.StoreConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A process that fetches each of its arguments and tells, on a line each, what it got. */
final class FetchOverTls {
  private FetchOverTls() {}

  public static void main(String[] uris) throws Exception {
    fetch(uris).forEach(System.out::println);
  }

  /** The number of bytes, or the problem. */
  static List<String> fetch(String... uris) throws Exception {
    FetchConfig config =
        new FetchConfig(
            Arrays.stream(uris).map(uri -> URI.create(uri).resolve("/")).distinct().toList(),
            Duration.ofSeconds(30),
            StoreConfig.from(new Settings(Map.of())));
    try (VideoFetcher fetcher = new VideoFetcher(config)) {
      return Arrays.stream(uris).map(uri -> fetch(fetcher, uri)).toList();
    }
  }

  private static String fetch(VideoFetcher fetcher, String uri) {
    try (InputStream content = fetcher.open(uri).content()) {
      return content.readAllBytes().length + " bytes";
    } catch (ApiException e) {
      return e.type().label() + ": " + e.getMessage();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
