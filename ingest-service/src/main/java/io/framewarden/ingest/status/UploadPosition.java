package io.framewarden.ingest.status;

import io.framewarden.v1.VideoUpload;
import java.util.Comparator;

/**
 * A place in the order of all uploads, the newest first. No upload moves in it, so whoever goes on
 * from a place sees each older upload once, whatever comes or goes meanwhile.
 *
 * @param receivedUs when the upload was complete, in microseconds since the epoch
 */
public record UploadPosition(long receivedUs, String videoId)
    implements Comparable<UploadPosition> {
  /** Before the newest. */
  public static final UploadPosition START = before(Long.MAX_VALUE);

  private static final Comparator<UploadPosition> NEWEST_FIRST =
      Comparator.comparingLong(UploadPosition::receivedUs)
          .thenComparing(UploadPosition::videoId)
          .reversed();

  public static UploadPosition of(VideoUpload upload) {
    return new UploadPosition(upload.getReceivedTimeUs(), upload.getVideoId());
  }

  /** Behind all uploads of this time and later ones. */
  public static UploadPosition before(long receivedUs) {
    return new UploadPosition(receivedUs, "");
  }

  @Override
  public int compareTo(UploadPosition other) {
    return NEWEST_FIRST.compare(this, other);
  }
}
