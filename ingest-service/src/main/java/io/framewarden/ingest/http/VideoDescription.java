package io.framewarden.ingest.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.framewarden.ingest.status.VideoStatus;
import io.framewarden.ingest.tus.UploadStatus;
import io.framewarden.runtime.feed.VerdictSummary;
import io.framewarden.schemas.serde.ProtoJson;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.Decision;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoUpload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A video as the API tells of it. Where its content is stored is nobody's business. */
final class VideoDescription {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUEUED = "QUEUED";

  private VideoDescription() {}

  /** A video whose content is here. */
  static ObjectNode of(
      String id,
      Optional<VideoStatus> known,
      Optional<Verdict> verdict,
      Optional<Decision> decision) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", id);
    Optional<VerdictSummary> summary = verdict.map(VerdictSummary::of);
    String state = state(known, summary);
    body.put("state", state);
    verdict
        .filter(given -> given.getRetryAtUs() > 0 && state.equals(QUEUED))
        .ifPresent(given -> body.put("retryAt", time(given.getRetryAtUs())));
    long bytes = known.map(VideoStatus::upload).map(VideoUpload::getSizeBytes).orElse(0L);
    body.putObject("progress")
        .put("bytes", bytes)
        .put("totalBytes", bytes)
        .put("frames", known.map(VideoStatus::frames).orElse(0L))
        .put("faces", known.map(VideoStatus::faces).orElse(0))
        .put("scored", verdict.map(given -> given.getCompleteness().getScored()).orElse(0));
    known.map(VideoStatus::upload).ifPresent(upload -> describe(upload, body));
    reference(known, verdict).ifPresent(reference -> describe(reference, body));
    verdict.ifPresent(given -> body.putRawValue("verdict", new RawValue(ProtoJson.line(given))));
    decision.ifPresent(
        given -> body.putRawValue("decision", new RawValue(DecisionJson.write(given))));
    return body;
  }

  /** A video whose content is still coming. */
  static ObjectNode of(UploadStatus status) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", status.upload().id());
    body.put("state", "RECEIVING");
    body.putObject("progress")
        .put("bytes", status.offset())
        .put("totalBytes", status.upload().length())
        .put("frames", 0)
        .put("faces", 0)
        .put("scored", 0);
    CallerReference reference = status.upload().submission().reference();
    if (!reference.equals(CallerReference.getDefaultInstance())) {
      describe(reference, body);
    }
    return body;
  }

  /** A video in a list: what tells it from others, and what was found. */
  static ObjectNode of(VideoStatus video, Optional<VerdictSummary> verdict) {
    VideoUpload upload = video.upload();
    ObjectNode body = JSON.createObjectNode();
    body.put("id", upload.getVideoId());
    body.put("state", state(Optional.of(video), verdict));
    describe(upload, body);
    if (upload.hasReference()) {
      CallerReference reference = upload.getReference();
      body.putObject("reference")
          .put("externalId", reference.getExternalId())
          .put("user", reference.getUser())
          .put("post", reference.getPost());
    }
    verdict.ifPresent(given -> describe(given, body.putObject("verdict")));
    return body;
  }

  static boolean isDecided(Optional<Verdict> verdict) {
    return isFinal(verdict.map(VerdictSummary::of));
  }

  private static boolean isFinal(Optional<VerdictSummary> verdict) {
    return verdict.filter(given -> given.status() == VerdictStatus.FINAL).isPresent();
  }

  private static void describe(VerdictSummary verdict, ObjectNode body) {
    body.put("status", verdict.status().name())
        .put("revision", verdict.revision())
        .put("label", verdict.label().name());
    verdict.probability().ifPresent(value -> body.put("probability", value));
    body.put("automation", verdict.automation().name());
  }

  /** The verdict's, which lasts as long as the verdict; until there is one the upload's. */
  private static Optional<CallerReference> reference(
      Optional<VideoStatus> known, Optional<Verdict> verdict) {
    return verdict
        .filter(Verdict::hasReference)
        .map(Verdict::getReference)
        .or(
            () ->
                known
                    .map(VideoStatus::upload)
                    .filter(VideoUpload::hasReference)
                    .map(VideoUpload::getReference));
  }

  private static void describe(CallerReference reference, ObjectNode body) {
    body.putRawValue("reference", new RawValue(ProtoJson.line(reference)));
  }

  private static void describe(VideoUpload upload, ObjectNode body) {
    body.putObject("upload")
        .put("fileName", upload.getFileName())
        .put("submitter", upload.getSubmitter())
        .put("sizeBytes", upload.getSizeBytes())
        .put("contentSha256", upload.getContentSha256())
        .put("received", time(upload.getReceivedTimeUs()));
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  /** One whose extraction is tried again has a verdict, and waits all the same. */
  private static String state(Optional<VideoStatus> known, Optional<VerdictSummary> verdict) {
    if (isFinal(verdict)) {
      return "DECIDED";
    }
    boolean isScored = verdict.filter(given -> given.retryAtUs() == 0).isPresent();
    if (isScored || known.filter(VideoStatus::extracted).isPresent()) {
      return "SCORING";
    }
    return known.filter(VideoStatus::isStarted).isPresent() ? "EXTRACTING" : QUEUED;
  }
}
