package io.framewarden.ingest.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Origins of web pages, written as browsers send them (RFC 6454). Stateless. */
final class WebOrigin {
  private WebOrigin() {}

  /**
   * An origin in small letters and without the port that its scheme implies.
   *
   * @return empty where the text is no origin, but has a path, say
   */
  static Optional<String> of(String text) {
    URI uri;
    try {
      uri = new URI(text.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    if (uri.getScheme() == null || uri.getHost() == null) {
      return Optional.empty();
    }
    String host = uri.getScheme() + "://" + uri.getHost();
    String origin = uri.getPort() < 0 ? host : host + ":" + uri.getPort();
    if (!origin.equals(uri.toString())) {
      return Optional.empty(); // user, path, query or fragment
    }
    boolean implied =
        (uri.getScheme().equals("https") && uri.getPort() == 443)
            || (uri.getScheme().equals("http") && uri.getPort() == 80);
    return Optional.of(implied ? host : origin);
  }
}
