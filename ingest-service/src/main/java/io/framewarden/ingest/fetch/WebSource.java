package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Files of a web server below a path. Redirects are not followed, and the addresses that the host's
 * name has are looked at before one of them is connected to, in the same step: a name that has
 * another address the next time gains nothing. Addresses that are not public are refused, unless
 * the prefix names an address or localhost itself.
 */
final class WebSource implements VideoSource {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  /** Until all headers of a response have come, those of interim responses too. */
  private static final Duration HEADER_TIMEOUT = Duration.ofSeconds(40);

  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private final URI prefix;
  private final Duration deadline;
  private final HttpClient client = new HttpClient();

  /**
   * @param prefix its path ends in a slash
   * @param deadline for the whole of a file
   */
  WebSource(URI prefix, Duration deadline) {
    this.prefix = prefix;
    this.deadline = deadline;
    boolean named = prefix.getHost().matches("\\[.*|[0-9.]+|(?i)localhost");
    client.setFollowRedirects(false);
    client.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
    client.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    client.setSocketAddressResolver(new Resolver(named));
    client.setUserAgentField(null);
    client.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
    try {
      client.start();
    } catch (Exception e) { // as it is declared
      throw new IllegalStateException("the web client does not start", e);
    }
    client.getContentDecoderFactories().clear(); // a file is taken as it is, and no zip bomb
    client.getAuthenticationStore().clearAuthentications();
  }

  @Override
  public boolean holds(URI uri) {
    return prefix.getScheme().equalsIgnoreCase(uri.getScheme())
        && prefix.getHost().equalsIgnoreCase(uri.getHost())
        && port(prefix) == port(uri)
        && uri.getRawUserInfo() == null
        && uri.getRawPath().startsWith(prefix.getRawPath());
  }

  @Override
  public FetchedVideo open(URI uri) throws ApiException, IOException {
    InputStreamResponseListener answer = new InputStreamResponseListener();
    client.newRequest(uri).timeout(deadline.toMillis(), TimeUnit.MILLISECONDS).send(answer);
    boolean good = false;
    try {
      Response response = answer.get(HEADER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (response.getStatus() != 200) {
        throw unavailable("it answers with status " + response.getStatus());
      }
      good = true;
      return new FetchedVideo(
          answer.getInputStream(), response.getHeaders().getLongField("Content-Length"));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PrivateAddressException
          ? new ApiException(
              ProblemType.SOURCE_NOT_ALLOWED, "the host's address is not a public one")
          : unavailable(reason(uri, e));
    } catch (TimeoutException e) {
      throw unavailable("it does not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the service is stopping");
    } finally {
      if (!good) {
        answer.getInputStream().close();
      }
    }
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) { // as it is declared
      throw new IllegalStateException("the web client does not stop", e);
    }
  }

  private static ApiException unavailable(String why) {
    return new ApiException(ProblemType.SOURCE_UNAVAILABLE, "the source gave no video: " + why);
  }

  private static int port(URI uri) {
    int otherwise = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    return uri.getPort() < 0 ? otherwise : uri.getPort();
  }

  private static final class PrivateAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    PrivateAddressException(String host) {
      super(host + " has an address that is not public");
    }
  }

  /** Resolves on the caller's thread; requests are made by threads that may wait. */
  private record Resolver(boolean anyAddress) implements SocketAddressResolver {
    @Override
    public void resolve(
        String host,
        int port,
        Map<String, Object> context,
        Promise<List<InetSocketAddress>> promise) {
      try {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (InetAddress address : addresses) {
          if (!anyAddress && !PublicAddresses.isPublic(address)) {
            throw new PrivateAddressException(host);
          }
        }
        promise.succeeded(
            Arrays.stream(addresses).map(address -> new InetSocketAddress(address, port)).toList());
      } catch (UnknownHostException | PrivateAddressException e) {
        promise.failed(e);
      }
    }
  }

  private static String reason(URI uri, ExecutionException failure) {
    Optional<String> tls =
        uri.getScheme().equalsIgnoreCase("https") ? TlsFailure.in(failure) : Optional.empty();
    return tls.orElse("it does not answer");
  }
}
