package io.framewarden.ingest.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.ingest.access.Caller;
import io.framewarden.ingest.status.VideoStatus;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.ingest.submission.VideoDeletion;
import io.framewarden.ingest.tus.ResumableUploads;
import io.framewarden.ingest.tus.UploadStatus;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoUpload;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/** {@code GET} and {@code DELETE /v1/videos/{id}}. */
final class StatusRoutes {
  private static final int MAX_ID_LENGTH = 64;

  private final AdmissionControl admission;
  private final VideoBackend backend;
  private final ResumableUploads resumable;
  private final VideoDeletion deletion;

  StatusRoutes(AdmissionControl admission, VideoBackend backend, ResumableUploads resumable) {
    this.admission = admission;
    this.backend = backend;
    this.resumable = resumable;
    this.deletion = new VideoDeletion(backend.store(), backend.tombstones(), backend.videos());
  }

  void addTo(RoutesConfig routes) {
    routes.get("/v1/videos/{id}", this::show);
    routes.delete("/v1/videos/{id}", this::delete);
  }

  private void show(Context context) throws ApiException, IOException {
    Caller caller = admission.caller(context);
    String id = context.pathParam("id");
    Optional<UploadStatus> coming = resumable.find(id);
    if (coming.isPresent()) {
      requireSight(caller, coming.get().upload().submission().submitter());
      if (!coming.get().upload().isHandedIn()) {
        answer(context, VideoDescription.of(coming.get()));
        return;
      }
      id = coming.get().upload().videoId(); // another one, where its bytes were known
    }
    Optional<VideoStatus> known = backend.videos().find(id);
    Optional<Verdict> verdict = verdict(id);
    requireSight(caller, submitter(id, known, verdict));
    answer(context, VideoDescription.of(id, known, verdict));
  }

  private void delete(Context context) throws ApiException, IOException {
    Caller caller = admission.caller(context);
    String id = context.pathParam("id");
    Optional<UploadStatus> coming = resumable.find(id);
    if (coming.isPresent()) {
      String submitter = coming.get().upload().submission().submitter();
      requireSight(caller, submitter);
      requireDeletion(caller, submitter);
      resumable.terminate(id);
      if (!coming.get().upload().isHandedIn()) {
        context.status(204);
        return;
      }
      id = coming.get().upload().videoId();
    }
    Optional<VideoStatus> known = backend.videos().find(id);
    String submitter = submitter(id, known, verdict(id));
    requireSight(caller, submitter);
    requireDeletion(caller, submitter);
    deletion.delete(id, known.map(VideoStatus::upload).orElse(null));
    context.status(204);
  }

  /** Who handed a video in; nobody where its upload is older than its topic remembers. */
  private String submitter(String id, Optional<VideoStatus> known, Optional<Verdict> verdict)
      throws ApiException {
    if (backend.videos().isDeleted(id)) {
      throw new ApiException(ProblemType.DELETED, "the video was deleted");
    }
    if (known.isEmpty() && verdict.isEmpty()) {
      throw unknown();
    }
    return known.map(VideoStatus::upload).map(VideoUpload::getSubmitter).orElse("");
  }

  /** A video of somebody else's is unknown rather than forbidden: ids tell nothing. */
  private static void requireSight(Caller caller, String submitter) throws ApiException {
    if (!caller.maySee(submitter)) {
      throw unknown();
    }
  }

  private static void requireDeletion(Caller caller, String submitter) throws ApiException {
    if (!caller.mayDelete(submitter)) {
      throw new ApiException(
          ProblemType.FORBIDDEN, "only its uploader or an admin can delete a video");
    }
  }

  private Optional<Verdict> verdict(String id) {
    return id.length() > MAX_ID_LENGTH ? Optional.empty() : backend.verdicts().find(id);
  }

  private static ApiException unknown() {
    return new ApiException(ProblemType.UNKNOWN_VIDEO, "no video has the id given");
  }

  private static void answer(Context context, ObjectNode body) {
    context.contentType("application/json");
    context.result(body.toString());
  }
}
