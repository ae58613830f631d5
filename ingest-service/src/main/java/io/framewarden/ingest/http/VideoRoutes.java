package io.framewarden.ingest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.ingest.access.Caller;
import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.status.VideoStatus;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ApiIOException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.ingest.submission.Submission;
import io.framewarden.ingest.submission.SubmissionResult;
import io.framewarden.ingest.submission.UploadRefusedException;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoUpload;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code POST /v1/videos} and {@code POST /v1/videos:fromUri}: a video by one request. */
final class VideoRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_JSON_BYTES = 8 * 1024;

  private final AdmissionControl admission;
  private final VideoBackend backend;
  private final VideoFetcher fetcher;
  private final DiskSpace disks;
  private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

  VideoRoutes(
      AdmissionControl admission, VideoBackend backend, VideoFetcher fetcher, DiskSpace disks) {
    this.admission = admission;
    this.backend = backend;
    this.fetcher = fetcher;
    this.disks = disks;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/v1/videos", this::upload);
    routes.post("/v1/videos:fromUri", this::fromUri);
  }

  /** Opens content when it is known that it is wanted. */
  private interface Content {
    InputStream open() throws ApiException, IOException;
  }

  private void upload(Context context) throws ApiException, UploadRefusedException, IOException {
    Caller caller = admission.uploader(context);
    admission.admit(caller);
    long length = context.req().getContentLengthLong();
    admission.checkLength(length);
    disks.check(length);
    String name = RequestReader.name(context);
    submit(context, caller, name, length, context::bodyInputStream);
  }

  private void fromUri(Context context) throws ApiException, UploadRefusedException, IOException {
    Caller caller = admission.uploader(context);
    admission.admit(caller);
    byte[] bytes = context.bodyInputStream().readNBytes(MAX_JSON_BYTES + 1);
    if (bytes.length > MAX_JSON_BYTES) {
      throw new ApiException(
          ProblemType.TOO_LARGE, "the JSON has at most " + MAX_JSON_BYTES + " bytes");
    }
    JsonNode body;
    try {
      body = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw RequestReader.malformed(
          "the body is not JSON such as {\"uri\": \"s3://bucket/clip.mp4\"}");
    }
    if (!body.path("uri").isTextual() || (body.has("name") && !body.get("name").isTextual())) {
      throw RequestReader.malformed(
          "the body must be JSON such as {\"uri\": \"s3://bucket/clip.mp4\"}");
    }
    String uri = body.get("uri").asText();
    // A URI may be longer than a name; what it ends in is cut, not refused.
    String name =
        body.has("name")
            ? RequestReader.name(body.get("name").asText())
            : uri.replaceFirst("[?#].*$", "");
    try {
      submit(context, caller, name, -1, () -> fetcher.open(uri));
    } catch (IOException e) {
      throw fromSource(e);
    }
  }

  /** Content that breaks off or trickles is the source's fault here, not the caller's. */
  private static IOException fromSource(IOException problem) throws ApiException {
    Optional<ApiException> refusal = ApiIOException.in(problem);
    if (refusal.isPresent()
        && (refusal.get().type() == ProblemType.BROKEN_OFF
            || refusal.get().type() == ProblemType.TOO_SLOW)) {
      throw new ApiException(
          ProblemType.SOURCE_UNAVAILABLE, "the source gave no whole video: it broke off");
    }
    return problem;
  }

  private void submit(Context context, Caller caller, String name, long length, Content content)
      throws ApiException, UploadRefusedException, IOException {
    Optional<String> key = RequestReader.idempotencyKey(context);
    String id =
        key.map(given -> Submission.idOf(caller.name(), given)).orElseGet(Submission::newId);
    Submission submission = new Submission(id, name, caller.name(), RequestReader.rescore(context));
    if (key.isPresent()) {
      Optional<VideoUpload> answered = answered(id, length);
      if (answered.isPresent()) {
        answer(context, new SubmissionResult(answered.get(), true));
        return;
      }
      if (!inProgress.add(id)) {
        throw new ApiException(
            ProblemType.REQUEST_IN_PROGRESS,
            "a request with this Idempotency-Key is being answered; wait for it");
      }
    }
    SubmissionResult result;
    try (AdmissionControl.Permit permit = admission.acquire();
        InputStream source = content.open()) {
      result = backend.submissions().submit(submission, permit.content(caller, source, length));
    } finally {
      inProgress.remove(id);
    }
    answer(context, result);
  }

  /** What an earlier request with the same key got. */
  private Optional<VideoUpload> answered(String id, long length) throws ApiException {
    if (backend.videos().isDeleted(id)) {
      throw new ApiException(
          ProblemType.DELETED, "the video of this Idempotency-Key was deleted; use another key");
    }
    Optional<VideoUpload> upload = backend.videos().find(id).map(VideoStatus::upload);
    if (upload.isPresent() && length >= 0 && length != upload.get().getSizeBytes()) {
      throw new ApiException(
          ProblemType.KEY_REUSED,
          "this Idempotency-Key came with content of another length before; use another key");
    }
    return upload;
  }

  private void answer(Context context, SubmissionResult result) {
    String id = result.upload().getVideoId();
    Optional<Verdict> verdict = result.repeated() ? backend.verdicts().apply(id) : Optional.empty();
    context.status(VideoDescription.isDecided(verdict) ? 200 : 202);
    context.header("Location", "/v1/videos/" + id);
    context.contentType("application/json");
    context.result(VideoDescription.of(id, backend.videos().find(id), verdict).toString());
  }
}
