package io.framewarden.ingest.submission;

import io.framewarden.ingest.status.VideoStatus;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Takes submissions in. Bytes that the same submitter handed in before are not judged again: the
 * earlier video answers. Another submitter's are, so that each can delete its own. Safe for several
 * threads.
 */
public final class SubmissionService {
  private final UploadService intake;
  private final VideoStatusIndex ledger;

  public SubmissionService(UploadService intake, VideoStatusIndex ledger) {
    this.intake = intake;
    this.ledger = ledger;
  }

  /**
   * Takes a submission.
   *
   * @param content read to its end, not closed
   * @throws UploadRefusedException when the content cannot be a video or is too large
   * @throws IOException when it could not be read, stored or published; nothing is kept then
   */
  public SubmissionResult take(Submission submission, InputStream content)
      throws IOException, UploadRefusedException {
    VideoUpload upload =
        intake.accept(
            submission.videoId(),
            submission.fileName(),
            submission.submitter(),
            content,
            stored -> answering(submission, stored));
    ledger.uploaded(upload); // before the topic's echo: the next request may be the same one
    return new SubmissionResult(upload, !upload.getVideoId().equals(submission.videoId()));
  }

  /**
   * The same id comes again where a crash, or another process, kept the first answer from us. It
   * was published then, and published twice it would be extracted twice.
   */
  private Optional<VideoUpload> answering(Submission submission, VideoUpload stored) {
    Optional<VideoUpload> own = ledger.find(submission.videoId()).flatMap(VideoStatus::upload);
    return own.isPresent() || submission.rescore() ? own : ledger.earlier(stored);
  }

  /** Counts and explains the refusal of content whose first bytes are no video's. */
  public UploadRefusedException refuse(FailureReason reason) {
    return intake.refuse(reason);
  }
}
