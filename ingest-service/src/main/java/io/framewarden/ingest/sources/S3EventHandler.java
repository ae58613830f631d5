package io.framewarden.ingest.sources;

import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.Submission;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadRefusedException;
import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes the objects that S3 event messages tell of, from the places that videos may be fetched
 * from. A message that comes again finds its content known, and makes no second video. Safe for
 * several threads.
 */
public final class S3EventHandler {
  private final VideoFetcher fetcher;
  private final SubmissionService desk;

  public S3EventHandler(VideoFetcher fetcher, SubmissionService desk) {
    this.fetcher = fetcher;
    this.desk = desk;
  }

  /**
   * Takes every object of a message that can be taken.
   *
   * @throws InvalidEventException when one of them could not, or the message is unusable; the
   *     others were taken
   * @throws IOException when one could not be read, stored or announced now; the same message may
   *     be handed in again
   */
  public void take(byte[] message) throws InvalidEventException, IOException {
    InvalidEventException first = null;
    for (S3ObjectCreated object : S3ObjectCreated.in(message)) {
      try {
        take(object);
      } catch (InvalidEventException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void take(S3ObjectCreated object) throws InvalidEventException, IOException {
    String uri = object.uri().toString();
    Submission submission =
        new Submission(Submission.newId(), object.key(), "s3:" + object.bucket(), false);
    try (InputStream content = fetcher.open(uri)) {
      desk.take(submission, content);
    } catch (ApiException e) {
      throw new InvalidEventException(reason(e), uri + ": " + e.getMessage());
    } catch (UploadRefusedException e) {
      throw new InvalidEventException(e.reason(), uri + ": " + e.getMessage());
    }
  }

  private static FailureReason reason(ApiException refusal) {
    return switch (refusal.kind()) {
      case SOURCE_NOT_ALLOWED -> FailureReason.SOURCE_NOT_ALLOWED;
      case SOURCE_UNAVAILABLE -> FailureReason.SOURCE_MISSING;
      default -> FailureReason.INVALID_MESSAGE;
    };
  }
}
