package io.framewarden.ingest.http;

import io.framewarden.ingest.access.Authenticator;
import io.framewarden.ingest.access.Caller;
import io.framewarden.ingest.access.RateLimit;
import io.framewarden.ingest.access.StorageQuota;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.LimitedInputStream;
import io.framewarden.ingest.submission.ProblemType;
import io.javalin.http.Context;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Admits requests: by caller, rate, size, and how many are read at the same time. */
final class AdmissionControl {
  private static final String BEARER = "bearer ";
  private static final int MAX_TOKEN_LENGTH = 256;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Authenticator callers;
  private final RateLimit rate;
  private final StorageQuota quota;
  private final UploadApiConfig config;
  private final HttpMetrics metrics;
  private final BooleanSupplier ready;
  private final OpenUploads open;
  private volatile boolean stopping;

  AdmissionControl(
      Authenticator callers,
      StorageQuota quota,
      UploadApiConfig config,
      HttpMetrics metrics,
      OpenUploads open,
      BooleanSupplier ready) {
    this.callers = callers;
    this.rate = new RateLimit(config.access().uploadsPerMinute(), System::nanoTime);
    this.quota = quota;
    this.config = config;
    this.metrics = metrics;
    this.ready = ready;
    this.open = open;
  }

  /** From now on nobody is admitted; those who were may go on. */
  void stop() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  /** The authenticated caller; refused while earlier videos are still being read. */
  Caller caller(Context context) throws ApiException {
    Caller caller = authenticated(context.header("Authorization"));
    if (stopping) {
      throw OpenUploads.stopping();
    }
    if (!ready.getAsBoolean()) {
      throw new ApiException(
          ProblemType.UNAVAILABLE, "the service is starting; try again in a moment", RETRY_AFTER);
    }
    return caller;
  }

  /** The authenticated caller of an upload, whose token must allow it. */
  Caller uploader(Context context) throws ApiException {
    Caller caller = caller(context);
    if (!caller.mayUpload()) {
      throw new ApiException(
          ProblemType.FORBIDDEN, "a moderator's token cannot upload; use an uploader's");
    }
    return caller;
  }

  /** Counts the beginning of an upload against the submitter's rate. */
  void admit(Caller caller) throws ApiException {
    Optional<Duration> wait = rate.take(caller.name());
    if (wait.isPresent()) {
      throw new ApiException(
          ProblemType.RATE_LIMITED,
          "more than "
              + config.access().uploadsPerMinute()
              + " uploads a minute; wait as long as Retry-After says",
          wait.get());
    }
  }

  /** Refuses what is announced to be too large. */
  void checkLength(long announced) throws ApiException {
    if (announced > config.maxBytes()) {
      throw new ApiException(
          ProblemType.TOO_LARGE,
          "the file has more than the "
              + config.maxBytes()
              + " bytes allowed; upload a smaller version");
    }
  }

  /** Acquires one of the permits for reading uploads, without waiting. */
  Permit acquire() throws ApiException {
    if (!open.tryOpen()) {
      throw new ApiException(
          ProblemType.BUSY, "too many uploads are read at the same time; try again", RETRY_AFTER);
    }
    metrics.opened();
    return new Permit();
  }

  /** Held while content is read; closed once, which releases it. */
  final class Permit implements AutoCloseable {
    private StorageQuota.Claim claim;

    private Permit() {}

    /**
     * The content of a new upload, bounded by the submitter's quota.
     *
     * @param announced bytes; negative for unknown
     */
    InputStream content(Caller caller, InputStream from, long announced) throws ApiException {
      claim = quota.claim(caller.name());
      if (!claim.growTo(announced)) {
        throw LimitedInputStream.quotaExceeded();
      }
      return bounded(from, claim);
    }

    /** Content that is not stored anew: its quota is claimed already, or it is only compared. */
    InputStream part(InputStream from) {
      claim = StorageQuota.unlimited().claim("");
      return bounded(from, claim);
    }

    @Override
    public void close() {
      if (claim != null) {
        claim.close();
      }
      metrics.closed();
      open.ended();
    }

    private InputStream bounded(InputStream from, StorageQuota.Claim bound) {
      return open.endable(
          new LimitedInputStream(from, bound, config.pace(), metrics::received, System::nanoTime));
    }
  }

  private Caller authenticated(String header) throws ApiException {
    if (callers.isOpen()) {
      return Caller.LOCAL;
    }
    if (header != null
        && header.length() <= MAX_TOKEN_LENGTH
        && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      Optional<Caller> caller = callers.find(header.substring(BEARER.length()).strip());
      if (caller.isPresent()) {
        return caller.get();
      }
    }
    throw new ApiException(
        ProblemType.UNAUTHENTICATED,
        "send `Authorization: Bearer TOKEN` with a token of `framewarden token create`");
  }
}
