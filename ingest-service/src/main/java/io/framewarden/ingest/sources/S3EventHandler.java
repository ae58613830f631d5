package io.framewarden.ingest.sources;

import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ReferenceBuilder;
import io.framewarden.ingest.submission.Submission;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadRefusedException;
import io.framewarden.runtime.store.s3.SourceObject;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.util.Map;

/**
 * Takes the objects that S3 event messages tell of, from the places that videos may be fetched
 * from. A message that comes again finds its content known, and makes no second video. Safe for
 * several threads.
 */
public final class S3EventHandler {
  /** Headers have no underscores. */
  private static final String EXTERNAL_ID = "external-id";

  private final VideoFetcher fetcher;
  private final SubmissionService submissions;

  public S3EventHandler(VideoFetcher fetcher, SubmissionService submissions) {
    this.fetcher = fetcher;
    this.submissions = submissions;
  }

  /**
   * Submits every object of a message that can be.
   *
   * @throws InvalidEventException when one of them could not, or the message is unusable; the
   *     others were submitted
   * @throws IOException when one could not be read, stored or announced now; the same message may
   *     be handed in again
   */
  public void handle(byte[] message) throws InvalidEventException, IOException {
    InvalidEventException first = null;
    for (S3ObjectCreated object : S3ObjectCreated.in(message)) {
      try {
        submit(object);
      } catch (InvalidEventException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void submit(S3ObjectCreated object) throws InvalidEventException, IOException {
    try (SourceObject source =
        fetcher.openObject(object.bucket(), object.key(), object.version())) {
      Submission submission =
          new Submission(
              Submission.newId(),
              object.key(),
              "s3:" + object.bucket(),
              false,
              "",
              reference(source.metadata()));
      submissions.submit(submission, source.content());
    } catch (ApiException e) {
      throw new InvalidEventException(reason(e), object + ": " + e.getMessage());
    } catch (UploadRefusedException e) {
      throw new InvalidEventException(e.reason(), object + ": " + e.getMessage());
    }
  }

  /** What the object's owner calls it. Other notes are of somebody else's business. */
  private static CallerReference reference(Map<String, String> metadata) throws ApiException {
    ReferenceBuilder reference = new ReferenceBuilder();
    reference.add(ReferenceBuilder.EXTERNAL_ID, metadata.getOrDefault(EXTERNAL_ID, ""));
    reference.add(ReferenceBuilder.USER, metadata.getOrDefault(ReferenceBuilder.USER, ""));
    reference.add(ReferenceBuilder.POST, metadata.getOrDefault(ReferenceBuilder.POST, ""));
    return reference.build();
  }

  private static FailureReason reason(ApiException problem) {
    return switch (problem.type()) {
      case SOURCE_NOT_ALLOWED -> FailureReason.SOURCE_NOT_ALLOWED;
      case SOURCE_UNAVAILABLE -> FailureReason.SOURCE_MISSING;
      default -> FailureReason.INVALID_MESSAGE;
    };
  }
}
