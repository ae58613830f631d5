package io.framewarden.ingest.submission;

import io.framewarden.extraction.ffmpeg.ContainerSignature;
import io.framewarden.ingest.status.CallerIds;
import io.framewarden.ingest.status.VideoStatus;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Takes submissions in. Bytes that the same submitter handed in before, with the same ids of its
 * own, are not judged again: the earlier video answers. Another submitter's are, so that each can
 * delete its own, and so are those with other ids, so that each id gets its verdict. Safe for
 * several threads.
 */
public final class SubmissionService {
  private final UploadService uploads;
  private final VideoStatusIndex videos;

  public SubmissionService(UploadService uploads, VideoStatusIndex videos) {
    this.uploads = uploads;
    this.videos = videos;
  }

  /**
   * Stores and announces a submission, unless its content is known.
   *
   * @param content read to its end, not closed
   * @throws UploadRefusedException when the content cannot be a video or is too large
   * @throws IOException when it could not be read, stored or published; nothing is kept then
   */
  public SubmissionResult submit(Submission submission, InputStream content)
      throws IOException, UploadRefusedException {
    VideoUpload.Builder described =
        VideoUpload.newBuilder()
            .setVideoId(submission.videoId())
            .setFileName(submission.fileName())
            .setSubmitter(submission.submitter())
            .setRequestedUriSha256(submission.uriSha256());
    if (!submission.reference().equals(CallerReference.getDefaultInstance())) {
      described.setReference(submission.reference());
    }
    VideoUpload upload =
        uploads.accept(described.build(), content, stored -> earlier(submission, stored));
    videos.uploaded(upload); // before the topic's echo: the next request may be the same one
    return new SubmissionResult(upload, !upload.getVideoId().equals(submission.videoId()));
  }

  /**
   * The same id comes again where a crash, or another process, kept the first answer from us. It
   * was published then, and published twice it would be extracted twice. With other content it is
   * another request, and must not get an answer as if it were judged.
   */
  private Optional<VideoUpload> earlier(Submission submission, VideoUpload stored)
      throws ApiIOException {
    Optional<VideoUpload> own = videos.find(submission.videoId()).map(VideoStatus::upload);
    if (own.isPresent() && !isSame(own.get(), stored)) {
      throw new ApiIOException(
          new ApiException(
              ProblemType.KEY_REUSED,
              "other content, or ids of yours, came under the same key meanwhile; use another"));
    }
    return own.isPresent() || submission.rescore() ? own : videos.earlier(stored);
  }

  private static boolean isSame(VideoUpload one, VideoUpload other) {
    return one.getContentSha256().equals(other.getContentSha256())
        && CallerIds.of(one).equals(CallerIds.of(other));
  }

  /**
   * Removes content that an earlier process stored and did not announce before it died: whoever
   * sent it got no answer. To be called once the earlier videos are known.
   *
   * @throws IOException when some of it cannot be removed now; it may be tried again
   */
  public void removeInterrupted() throws IOException {
    uploads.removeInterrupted(videoId -> videos.find(videoId).map(VideoStatus::upload).isPresent());
  }

  /**
   * Refuses content that is known to be too large, before it is read.
   *
   * @throws UploadRefusedException TOO_LARGE
   */
  public void requireSize(long bytes) throws UploadRefusedException {
    uploads.requireSize(bytes);
  }

  /** Counts and explains the refusal of content whose first bytes are no video's. */
  public UploadRefusedException refuse(ContainerSignature signature) {
    return uploads.refuse(signature);
  }
}
