package io.framewarden.ingest.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.ingest.access.Caller;
import io.framewarden.ingest.status.UploadPosition;
import io.framewarden.ingest.status.VideoStatus;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.runtime.feed.VerdictSummary;
import io.framewarden.v1.VideoUpload;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /v1/videos}: the videos that are remembered, the newest first, page by page. A page
 * takes one walk over them at most, in memory.
 */
final class ListRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Looked at in one go, while nothing else can look. */
  private static final int BATCH = 500;

  private final AdmissionControl admission;
  private final VideoBackend backend;

  ListRoutes(AdmissionControl admission, VideoBackend backend) {
    this.admission = admission;
    this.backend = backend;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/v1/videos", this::list);
  }

  private void list(Context context) throws ApiException {
    Caller caller = admission.caller(context);
    ListQuery query = new ListQuery(context);
    ObjectNode body = JSON.createObjectNode();
    fill(body, caller, query);
    context.contentType("application/json");
    context.result(body.toString());
  }

  private void fill(ObjectNode body, Caller caller, ListQuery query) {
    ArrayNode page = body.putArray("videos");
    VideoUpload last = null;
    UploadPosition at = query.start();
    List<VideoStatus> batch;
    do {
      batch = backend.videos().older(at, BATCH);
      for (VideoStatus video : batch) {
        VideoUpload upload = video.upload();
        if (query.isOver(upload)) {
          return;
        }
        at = UploadPosition.of(upload);
        if (!caller.maySee(upload.getSubmitter()) || !query.matches(upload)) {
          continue;
        }
        Optional<VerdictSummary> verdict = backend.verdicts().summary(upload.getVideoId());
        if (!query.matches(verdict)) {
          continue;
        }
        if (page.size() == query.size()) {
          body.put("nextPageToken", ListQuery.pageToken(last));
          return;
        }
        page.add(VideoDescription.of(video, verdict));
        last = upload;
      }
    } while (batch.size() == BATCH);
  }
}
