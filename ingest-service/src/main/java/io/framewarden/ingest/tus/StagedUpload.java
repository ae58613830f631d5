package io.framewarden.ingest.tus;

import io.framewarden.ingest.submission.Submission;

/**
 * An upload as it is noted beside its content.
 *
 * @param submission what it is when it is whole; its video's id is the upload's, too
 * @param length bytes when whole
 * @param checkedTo the offset up to which content counts while a request with a checksum is under
 *     way, or -1: a crash must not leave unchecked bytes
 * @param videoId the video that it became; empty until it was handed in
 */
public record StagedUpload(Submission submission, long length, long checkedTo, String videoId) {

  /** The id of the upload. */
  public String id() {
    return submission.videoId();
  }

  StagedUpload checkedTo(long offset) {
    return new StagedUpload(submission, length, offset, videoId);
  }

  StagedUpload became(String video) {
    return new StagedUpload(submission, length, checkedTo, video);
  }

  /** Whether it was handed in. */
  public boolean isHandedIn() {
    return !videoId.isEmpty();
  }
}
