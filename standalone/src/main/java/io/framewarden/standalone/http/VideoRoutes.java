package io.framewarden.standalone.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.framewarden.ingest.upload.UploadRefusedException;
import io.framewarden.schemas.serde.ProtoJson;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoUpload;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code POST /v1/videos} takes a file as the request's body and answers 202 with its id; {@code
 * GET /v1/videos/{id}} tells the state (QUEUED, IN_PROGRESS, DECIDED) and the verdict so far.
 */
public final class VideoRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ACCEPTED = 202;

  /** Hands an upload in. */
  @FunctionalInterface
  public interface Intake {
    VideoUpload accept(String fileName, String submitter, InputStream content)
        throws IOException, UploadRefusedException;
  }

  private final Intake intake;
  private final Function<String, Optional<VideoUpload>> uploads;
  private final Function<String, Optional<Verdict>> verdicts;

  public VideoRoutes(
      Intake intake,
      Function<String, Optional<VideoUpload>> uploads,
      Function<String, Optional<Verdict>> verdicts) {
    this.intake = intake;
    this.uploads = uploads;
    this.verdicts = verdicts;
  }

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    routes.post("/v1/videos", this::upload);
    routes.get("/v1/videos/{id}", this::video);
  }

  private void upload(Context context) throws IOException {
    String name = Objects.requireNonNullElse(context.queryParam("name"), "");
    try {
      VideoUpload upload = intake.accept(name, "http", context.bodyInputStream());
      context.status(ACCEPTED);
      context.header("Location", "/v1/videos/" + upload.getVideoId());
      answer(context, describe(upload.getVideoId(), Optional.of(upload), Optional.empty()));
    } catch (UploadRefusedException e) {
      Problems.refused(context, e.reason(), e.getMessage());
    }
  }

  private void video(Context context) {
    String id = context.pathParam("id");
    Optional<VideoUpload> upload = uploads.apply(id);
    Optional<Verdict> verdict;
    try {
      verdict = verdicts.apply(id);
    } catch (UncheckedIOException e) {
      Problems.unavailable(context, e.getCause().getMessage());
      return;
    }
    if (upload.isEmpty() && verdict.isEmpty()) {
      Problems.unknownVideo(context, id);
      return;
    }
    answer(context, describe(id, upload, verdict));
  }

  private static void answer(Context context, ObjectNode body) {
    context.contentType("application/json");
    context.result(body.toString());
  }

  private static ObjectNode describe(
      String id, Optional<VideoUpload> upload, Optional<Verdict> verdict) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", id);
    body.put("state", state(verdict));
    upload.ifPresent(known -> body.putRawValue("upload", new RawValue(ProtoJson.line(known))));
    verdict.ifPresent(known -> body.putRawValue("verdict", new RawValue(ProtoJson.line(known))));
    return body;
  }

  private static String state(Optional<Verdict> verdict) {
    if (verdict.isEmpty()) {
      return "QUEUED";
    }
    return verdict.get().getStatus() == VerdictStatus.FINAL ? "DECIDED" : "IN_PROGRESS";
  }
}
