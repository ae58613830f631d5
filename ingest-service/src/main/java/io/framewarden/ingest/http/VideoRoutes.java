package io.framewarden.ingest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.ingest.access.Caller;
import io.framewarden.ingest.fetch.FetchedVideo;
import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ApiIOException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.ingest.submission.Submission;
import io.framewarden.ingest.submission.SubmissionResult;
import io.framewarden.ingest.submission.UploadRefusedException;
import io.framewarden.runtime.http.ContentDeadline;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.Decision;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoUpload;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
  private final JsonContent json;
  private final RepeatedRequests repeated;
  private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

  VideoRoutes(
      AdmissionControl admission,
      VideoBackend backend,
      VideoFetcher fetcher,
      DiskSpace disks,
      JsonContent json) {
    this.json = json;
    this.admission = admission;
    this.backend = backend;
    this.fetcher = fetcher;
    this.disks = disks;
    this.repeated = new RepeatedRequests(backend);
  }

  void addTo(RoutesConfig routes) {
    routes.post("/v1/videos", this::upload);
    routes.post("/v1/videos:fromUri", this::fromUri);
  }

  /** Opens content when it is known that it is wanted. */
  private interface Content {
    InputStream open() throws ApiException, IOException;
  }

  /**
   * What is handed in.
   *
   * @param length bytes; negative for unknown
   * @param uriSha256 of the URI that names it; empty where it comes with the request
   * @param reference what the caller calls it
   */
  private record Handed(
      String name, long length, String uriSha256, CallerReference reference, Content content) {}

  private void upload(Context context) throws ApiException, UploadRefusedException, IOException {
    Caller caller = admission.uploader(context);
    RequestReader.refuseForm(context);
    admission.admit(caller);
    long length = context.req().getContentLengthLong();
    admission.checkLength(length);
    disks.check(length);
    String name = RequestReader.name(context);
    CallerReference reference = ReferenceReader.query(context);
    submit(context, caller, new Handed(name, length, "", reference, () -> content(context)));
  }

  private static InputStream content(Context context) {
    ContentDeadline.of(context).lift(); // its pace is bounded instead
    return context.bodyInputStream();
  }

  private void fromUri(Context context) throws ApiException, UploadRefusedException, IOException {
    Caller caller = admission.uploader(context);
    admission.admit(caller);
    byte[] bytes = json.read(context, MAX_JSON_BYTES);
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
    CallerReference reference = ReferenceReader.json(body);
    try {
      String digest = Sha256.of(uri.getBytes(StandardCharsets.UTF_8));
      submit(context, caller, new Handed(name, -1, digest, reference, () -> fetched(uri)));
    } catch (IOException e) {
      throw fromSource(e);
    }
  }

  /** What is known to be too large is not read. */
  private InputStream fetched(String uri) throws ApiException, IOException {
    FetchedVideo video = fetcher.open(uri);
    boolean good = false;
    try {
      admission.checkLength(video.length());
      disks.check(video.length());
      good = true;
      return video.content();
    } finally {
      if (!good) {
        video.content().close();
      }
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

  private void submit(Context context, Caller caller, Handed handed)
      throws ApiException, UploadRefusedException, IOException {
    Optional<String> key = RequestReader.idempotencyKey(context);
    String id =
        key.map(given -> Submission.idOf(caller.name(), given)).orElseGet(Submission::newId);
    Submission submission =
        new Submission(
            id,
            handed.name(),
            caller.name(),
            RequestReader.rescore(context),
            handed.uriSha256(),
            handed.reference());
    Optional<VideoUpload> earlier = key.isPresent() ? repeated.find(id) : Optional.empty();
    if (earlier.isEmpty()) {
      if (!inProgress.add(id)) {
        throw new ApiException(
            ProblemType.REQUEST_IN_PROGRESS,
            "a request with this Idempotency-Key is being answered; wait for it");
      }
      try {
        // One that was in progress may have ended in between.
        earlier = key.isPresent() ? repeated.find(id) : Optional.empty();
        if (earlier.isEmpty()) {
          answer(context, store(submission, caller, handed));
          return;
        }
      } finally {
        inProgress.remove(id);
      }
    }
    compare(earlier.get(), handed);
    answer(context, new SubmissionResult(earlier.get(), true));
  }

  private SubmissionResult store(Submission submission, Caller caller, Handed handed)
      throws ApiException, UploadRefusedException, IOException {
    try (AdmissionControl.Permit permit = admission.acquire();
        InputStream source = handed.content().open()) {
      InputStream content = permit.content(caller, source, handed.length());
      return backend.submissions().submit(submission, content);
    }
  }

  private void compare(VideoUpload earlier, Handed handed) throws ApiException, IOException {
    RepeatedRequests.requireSame(earlier, handed.reference());
    if (!handed.uriSha256().isEmpty()) {
      RepeatedRequests.requireSame(earlier, handed.uriSha256());
      return;
    }
    RepeatedRequests.requireLike(earlier, handed.length());
    try (AdmissionControl.Permit permit = admission.acquire();
        InputStream source = handed.content().open()) {
      RepeatedRequests.requireSame(earlier, permit.part(source));
    }
  }

  private void answer(Context context, SubmissionResult result) {
    String id = result.upload().getVideoId();
    Optional<Verdict> verdict = result.repeated() ? backend.verdicts().find(id) : Optional.empty();
    Optional<Decision> decision =
        result.repeated() ? backend.decisions().find(id) : Optional.empty();
    context.status(VideoDescription.isDecided(verdict) ? 200 : 202);
    context.header("Location", "/v1/videos/" + id);
    context.contentType("application/json");
    context.result(
        VideoDescription.of(id, backend.videos().find(id), verdict, decision).toString());
  }
}
