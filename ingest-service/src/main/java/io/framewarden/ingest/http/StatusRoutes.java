package io.framewarden.ingest.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.ingest.access.Caller;
import io.framewarden.ingest.decision.DecisionRequest;
import io.framewarden.ingest.status.VideoStatus;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.ingest.submission.VideoDeletion;
import io.framewarden.ingest.tus.ResumableUploads;
import io.framewarden.ingest.tus.UploadStatus;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.v1.Decision;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoUpload;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/** {@code GET} and {@code DELETE /v1/videos/{id}}, and the decisions of moderators on it. */
final class StatusRoutes {
  private static final int MAX_ID_LENGTH = 64;
  private static final int MAX_JSON_BYTES = 64 * 1024;

  private final AdmissionControl admission;
  private final VideoBackend backend;
  private final ResumableUploads resumable;
  private final VideoDeletion deletion;
  private final HttpMetrics metrics;
  private final JsonContent json;

  StatusRoutes(
      AdmissionControl admission,
      VideoBackend backend,
      ResumableUploads resumable,
      HttpMetrics metrics,
      JsonContent json) {
    this.json = json;
    this.metrics = metrics;
    this.admission = admission;
    this.backend = backend;
    this.resumable = resumable;
    this.deletion = new VideoDeletion(backend.store(), backend.tombstones(), backend.videos());
  }

  void addTo(RoutesConfig routes) {
    routes.get("/v1/videos/{id}", this::show);
    routes.delete("/v1/videos/{id}", this::delete);
    routes.post("/v1/videos/{id}/decisions", this::decide);
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
    answer(context, VideoDescription.of(id, known, verdict, backend.decisions().find(id)));
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

  private void decide(Context context) throws ApiException, IOException {
    Caller caller = admission.caller(context);
    String id = context.pathParam("id");
    Optional<UploadStatus> coming = resumable.find(id);
    if (coming.isPresent()) {
      requireSight(caller, coming.get().upload().submission().submitter());
      id = coming.get().upload().videoId(); // empty while it is still coming
    }
    Optional<Verdict> verdict = verdict(id);
    if (!id.isEmpty()) {
      requireSight(caller, submitter(id, backend.videos().find(id), verdict));
    }
    if (!caller.mayDecide()) {
      throw new ApiException(
          ProblemType.FORBIDDEN, "an uploader's token cannot decide; use a moderator's");
    }
    byte[] body = json.read(context, MAX_JSON_BYTES);
    DecisionRequest request = DecisionJson.read(body, caller.name());
    if (verdict.isEmpty()) {
      throw new ApiException(
          ProblemType.NO_VERDICT, "there is nothing to decide on yet; ask for the video's state");
    }
    Decision decision = request.on(verdict.get(), MicrosecondClock.now());
    backend.decisions().record(decision);
    if (backend.videos().isDeleted(id)) { // meanwhile: the decision came behind its tombstone
      backend.tombstones().publishTombstones(id);
      throw new ApiException(ProblemType.DELETED, "the video was deleted");
    }
    metrics.decided(decision.getOutcome());
    context.status(201);
    context.contentType("application/json");
    context.result(DecisionJson.write(decision));
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
