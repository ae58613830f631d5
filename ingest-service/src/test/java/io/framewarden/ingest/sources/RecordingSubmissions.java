package io.framewarden.ingest.sources;

import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadLimits;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.util.List;

/** The desk as it is in production, but for the topic: uploads go into a list. */
final class RecordingSubmissions {
  private static final int MOST = 1 << 20;

  private RecordingSubmissions() {}

  static SubmissionService into(ObjectStore store, List<VideoUpload> published) {
    return new SubmissionService(
        new UploadService(store, published::add, new UploadLimits(MOST), new CollectorRegistry()),
        new VideoStatusIndex());
  }
}
