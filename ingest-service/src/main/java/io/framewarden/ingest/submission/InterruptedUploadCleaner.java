package io.framewarden.ingest.submission;

import io.framewarden.ingest.status.VideoStatus;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.runtime.store.ObjectKeys;
import io.framewarden.runtime.store.ObjectStore;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content that a process had stored when it died. Where it was announced, the video is there and
 * goes its way; where it was not, nobody was told that it was received, and it is removed.
 */
public final class InterruptedUploadCleaner {
  private static final Logger LOG = LoggerFactory.getLogger(InterruptedUploadCleaner.class);

  private final PendingUploadJournal notes;
  private final ObjectStore store;
  private final VideoStatusIndex ledger;

  public InterruptedUploadCleaner(
      PendingUploadJournal notes, ObjectStore store, VideoStatusIndex ledger) {
    this.notes = notes;
    this.store = store;
    this.ledger = ledger;
  }

  /**
   * Looks at what is left, once the ledger knows the earlier videos.
   *
   * @throws IOException when some of it cannot be removed now; it may be tried again
   */
  public void resolve() throws IOException {
    notes.resolve(
        videoId -> {
          if (ledger.find(videoId).flatMap(VideoStatus::upload).isEmpty()) {
            store.delete(store.uri(ObjectKeys.video(videoId)));
            LOG.info("upload {} was cut off by a restart before it was received", videoId);
          }
        });
  }
}
