package io.framewarden.standalone.command.fetch;

import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.Sha256;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * A published file of which every byte is known. Immutable.
 *
 * @param origin its http or https URL
 * @param sha256 of its content, lower-case hex
 * @param bytes of it: a longer answer is not read to its end
 */
record PinnedFile(URI origin, String sha256, int bytes) {
  private static final int OK = 200;

  /**
   * Puts the file in its place, if it is not there: whole and with the right content, or not at
   * all.
   *
   * @param timeout for the whole download
   * @return whether it was fetched; false where it was there
   * @throws UserError when another file is there
   * @throws IOException when it cannot be had: the message names the URL, the reason and a remedy
   */
  boolean fetch(Path target, Duration timeout) throws IOException, InterruptedException {
    if (Files.exists(target)) {
      checkPresent(target);
      return false;
    }
    byte[] content = download(timeout);
    String actual = Sha256.of(content);
    if (!actual.equals(sha256)) {
      throw new IOException(
          "%s: its sha256 is %s, not %s: it is another file, and nothing was written"
              .formatted(origin, actual, sha256));
    }
    write(content, target);
    return true;
  }

  private void checkPresent(Path target) throws IOException {
    String actual = Sha256.of(target);
    if (!actual.equals(sha256)) {
      throw new UserError(
          "%s: another file is there, its sha256 is %s, not %s; remove it, or name another place"
                  .formatted(target, actual, sha256)
              + " with --to");
    }
  }

  /** Writes beside the target and moves the whole file there. */
  private static void write(byte[] content, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    // Not a temporary file: those are for their owner's eyes only, and a service has another.
    Path part =
        target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(part, content);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private byte[] download(Duration timeout) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(timeout)
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(origin).build(),
            head ->
                head.statusCode() == OK
                    ? new LimitedBody(bytes)
                    : BodySubscribers.replacing(new byte[0]));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new IOException(
            "%s: the server answers %d; name another URL of the file with --from"
                .formatted(origin, response.statusCode()));
      }
      return response.body();
    } catch (TimeoutException e) {
      throw timedOut(timeout, e);
    } catch (ExecutionException e) {
      throw failed(timeout, e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private IOException failed(Duration timeout, Throwable cause) {
    if (cause instanceof HttpConnectTimeoutException) {
      return timedOut(timeout, cause);
    }
    String reason = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getName());
    if (cause instanceof ConnectException || cause instanceof SSLException) {
      // Of a name that nobody knows, or of a port where nobody listens, it has no message.
      boolean silent = cause.getMessage() == null;
      return new IOException(
          "%s: cannot be reached (%s); where there is no network, bring the file from elsewhere, or"
                  .formatted(origin, silent ? "unknown host, or it does not listen" : reason)
              + " name another URL of it with --from",
          cause);
    }
    return new IOException(
        "%s: the download broke off (%s); try again, or name another URL with --from"
            .formatted(origin, reason),
        cause);
  }

  private IOException timedOut(Duration timeout, Throwable cause) {
    return new IOException(
        String.format(
            Locale.ROOT,
            "%s: not there within %.1f s; set --timeout, or name another URL with --from",
            origin,
            timeout.toMillis() / 1000.0),
        cause);
  }
}
