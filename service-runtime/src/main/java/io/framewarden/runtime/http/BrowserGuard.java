package io.framewarden.runtime.http;

import io.prometheus.client.Counter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses what web pages of others make a browser send here. A browser on this machine reaches a
 * server on loopback, whoever wrote the page: so the name that the page called the server by must
 * be one of its own (a name of somebody else's may lead here, and then the page and the server are
 * of one origin to the browser), and the page's origin must be the server's or a listed one.
 * Clients that are no browsers send neither Origin nor Sec-Fetch-Site, and pass.
 */
final class BrowserGuard extends Handler.Wrapper {
  private static final String SITE = "Sec-Fetch-Site";
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  /** Below it are data; links of other pages may lead a person to what is elsewhere. */
  private static final String DATA = "/v1/";

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]|\\[0:0:0:0:0:0:0:1\\]");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\]");

  private static final Problem FOREIGN_HOST =
      new Problem(
          403,
          "foreign-host",
          "The server does not go by this name",
          "call it by its address or localhost, or list the name in"
              + " FRAMEWARDEN_HTTP_ALLOWED_HOSTS");
  private static final Problem CROSS_SITE =
      new Problem(
          403,
          "cross-site",
          "A web page of another origin may not do this",
          "list the page's origin in FRAMEWARDEN_HTTP_CORS_ORIGINS if it may");

  private final HttpSettings settings;
  private final boolean loopback;
  private final BrowserAccess access;
  private final Counter refused;

  /**
   * @param refused counts by a label, the reason
   */
  BrowserGuard(HttpSettings settings, BrowserAccess access, Counter refused) {
    this.settings = settings;
    this.loopback = settings.isLoopback();
    this.access = access;
    this.refused = refused;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Optional<Problem> problem = problem(request);
    if (problem.isEmpty()) {
      return super.handle(request, response, callback);
    }
    refused.labels(problem.get().label()).inc();
    response.getHeaders().add(HttpHeader.VARY, "Origin");
    problem.get().write(response, callback);
    return true;
  }

  private Optional<Problem> problem(Request request) {
    if (!isOwnHost(request)) {
      return Optional.of(FOREIGN_HOST);
    }
    return isOfForeignPage(request) ? Optional.of(CROSS_SITE) : Optional.empty();
  }

  private boolean isOwnHost(Request request) {
    String authority = request.getHttpURI().getHost(); // of a request line with a whole URI
    return (authority == null || goesBy(authority))
        && request.getHeaders().getValuesList(HttpHeader.HOST).stream().allMatch(this::goesBy);
  }

  private boolean goesBy(String hostAndPort) {
    String host = hostAndPort.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    if (hostAndPort.endsWith("]") || !hostAndPort.contains(":")) {
      host = hostAndPort.toLowerCase(Locale.ROOT);
    }
    if (LOOPBACK.matcher(host).matches() || access.hosts().contains(host)) {
      return true;
    }
    if (loopback) {
      return host.equalsIgnoreCase(settings.host());
    }
    // Elsewhere tokens are asked for, which no page of others has; an address is nobody's name.
    return access.hosts().isEmpty() || ADDRESS.matcher(host).matches();
  }

  private boolean isOfForeignPage(Request request) {
    HttpFields headers = request.getHeaders();
    List<String> origins = headers.getValuesList(HttpHeader.ORIGIN);
    if (!origins.isEmpty() && access.origins().containsAll(origins)) {
      return false;
    }
    String host = headers.get(HttpHeader.HOST);
    for (String origin : origins) {
      if (!origin.equals("http://" + host) && !origin.equals("https://" + host)) {
        return true;
      }
    }
    return !OWN_SITES.containsAll(headers.getValuesList(SITE)) && !isVisit(request);
  }

  /** A person who follows a link: the page that has it learns nothing, and nothing changes. */
  private static boolean isVisit(Request request) {
    HttpFields headers = request.getHeaders();
    return (HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod()))
        && "navigate".equals(headers.get("Sec-Fetch-Mode"))
        && "document".equals(headers.get("Sec-Fetch-Dest"))
        && !Request.getPathInContext(request).startsWith(DATA);
  }
}
