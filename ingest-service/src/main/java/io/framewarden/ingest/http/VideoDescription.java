package io.framewarden.ingest.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.framewarden.ingest.status.VideoStatus;
import io.framewarden.ingest.tus.UploadStatus;
import io.framewarden.schemas.serde.ProtoJson;
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
  static ObjectNode of(String id, Optional<VideoStatus> known, Optional<Verdict> verdict) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", id);
    String state = state(known, verdict);
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
    verdict.ifPresent(given -> body.putRawValue("verdict", new RawValue(ProtoJson.line(given))));
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
    return body;
  }

  static boolean isDecided(Optional<Verdict> verdict) {
    return verdict.filter(given -> given.getStatus() == VerdictStatus.FINAL).isPresent();
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
  private static String state(Optional<VideoStatus> known, Optional<Verdict> verdict) {
    if (isDecided(verdict)) {
      return "DECIDED";
    }
    boolean isScored = verdict.filter(given -> given.getRetryAtUs() == 0).isPresent();
    if (isScored || known.filter(VideoStatus::extracted).isPresent()) {
      return "SCORING";
    }
    return known.filter(VideoStatus::isStarted).isPresent() ? "EXTRACTING" : QUEUED;
  }
}
