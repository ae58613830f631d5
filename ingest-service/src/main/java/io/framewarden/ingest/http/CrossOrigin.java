package io.framewarden.ingest.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;

/**
 * Lets web pages of other origins call the API from a browser (CORS, the Fetch standard): those
 * that are listed, and with the headers that uploads need. A token is sent by the page itself, not
 * by the browser, so credentials in the sense of that standard are never allowed.
 */
final class CrossOrigin {
  /** Beyond those that every page may send: of the API, and of the tus protocol and its clients. */
  private static final List<String> SENT =
      List.of(
          "Authorization",
          "Content-Type",
          "Idempotency-Key",
          "Tus-Resumable",
          "Upload-Checksum",
          "Upload-Length",
          "Upload-Metadata",
          "Upload-Offset",
          "X-HTTP-Method-Override",
          "X-Request-ID",
          "X-Requested-With");

  /** Beyond those that every page may read. */
  private static final List<String> READ =
      List.of(
          "Content-Location",
          "Location",
          "Retry-After",
          "Tus-Checksum-Algorithm",
          "Tus-Extension",
          "Tus-Max-Size",
          "Tus-Resumable",
          "Tus-Version",
          "Upload-Expires",
          "Upload-Length",
          "Upload-Metadata",
          "Upload-Offset",
          "WWW-Authenticate");

  private static final String METHODS = "GET, HEAD, POST, PATCH, DELETE, OPTIONS";
  private static final String PREFLIGHT_MAX_AGE_SECONDS = "3600";

  private final Set<String> origins;

  CrossOrigin(Set<String> origins) {
    this.origins = origins;
  }

  /** Adds what runs before every route of the API; nothing where no origin is listed. */
  void addTo(RoutesConfig routes) {
    if (!origins.isEmpty()) {
      routes.before("/v1/*", this::handle);
      routes.before("/openapi.json", this::handle);
    }
  }

  private void handle(Context context) {
    context
        .res()
        .addHeader("Vary", "Origin"); // also for those who may not: caches must not mix them
    String origin = context.header("Origin");
    if (origin == null || !origins.contains(origin)) {
      return;
    }
    context.header("Access-Control-Allow-Origin", origin);
    if (isPreflight(context)) {
      context.header("Access-Control-Allow-Methods", METHODS);
      context.header("Access-Control-Allow-Headers", String.join(", ", SENT));
      context.header("Access-Control-Max-Age", PREFLIGHT_MAX_AGE_SECONDS);
      context.status(204);
      context.skipRemainingHandlers();
    } else {
      context.header("Access-Control-Expose-Headers", String.join(", ", READ));
    }
  }

  private static boolean isPreflight(Context context) {
    return context.method() == HandlerType.OPTIONS
        && context.header("Access-Control-Request-Method") != null;
  }
}
