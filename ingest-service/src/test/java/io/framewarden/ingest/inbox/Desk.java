package io.framewarden.ingest.inbox;

import io.framewarden.ingest.progress.VideoLedger;
import io.framewarden.ingest.submission.SubmissionDesk;
import io.framewarden.ingest.upload.UploadIntake;
import io.framewarden.ingest.upload.UploadLimits;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.util.List;

/** The desk as it is in production, but for the topic: uploads go into a list. */
final class Desk {
  private static final int MOST = 1 << 20;

  private Desk() {}

  static SubmissionDesk into(ObjectStore store, List<VideoUpload> published) {
    return new SubmissionDesk(
        new UploadIntake(store, published::add, new UploadLimits(MOST), new CollectorRegistry()),
        new VideoLedger());
  }
}
