package io.framewarden.ingest.tus;

/**
 * An upload as it is noted beside its content.
 *
 * @param id of the upload, and of the video unless its bytes are known
 * @param length bytes when whole
 * @param checkedTo the offset up to which content counts while a request with a checksum is under
 *     way, or -1: a crash must not leave unchecked bytes
 * @param videoId the video that it became; empty until it was handed in
 */
public record StagedUpload(
    String id,
    String submitter,
    String fileName,
    long length,
    boolean rescore,
    long checkedTo,
    String videoId) {

  StagedUpload checkedTo(long offset) {
    return new StagedUpload(id, submitter, fileName, length, rescore, offset, videoId);
  }

  StagedUpload became(String video) {
    return new StagedUpload(id, submitter, fileName, length, rescore, checkedTo, video);
  }

  /** Whether it was handed in. */
  public boolean isHandedIn() {
    return !videoId.isEmpty();
  }
}
