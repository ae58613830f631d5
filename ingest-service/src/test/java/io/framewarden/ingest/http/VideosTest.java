package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.problem;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.Completeness;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("slow")
class VideosTest {
  private static final byte[] VIDEO = video(100_000, 1);

  @TempDir Path folder;
  private final AtomicReference<IOException> broken = new AtomicReference<>();
  private ApiServer api;

  @BeforeEach
  void listen() throws IOException {
    api =
        new ApiServer(
            ApiServer.config(folder),
            upload -> {
              if (broken.get() != null) {
                throw broken.get();
              }
            },
            true,
            Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void takesAVideoWhateverItsContentTypeAndTellsHowFarItIs() throws Exception {
    HttpResponse<String> accepted =
        api.post("/v1/videos?name=clip.mp4", VIDEO, "Content-Type", "image/png");
    assertEquals(202, accepted.statusCode(), accepted.body());
    String id = json(accepted).get("id").asText();
    assertEquals("/v1/videos/" + id, accepted.headers().firstValue("Location").orElseThrow());
    JsonNode queued = json(api.get("/v1/videos/" + id));
    assertEquals("QUEUED", queued.get("state").asText());
    assertEquals(VIDEO.length, queued.at("/progress/bytes").asInt());
    assertEquals("clip.mp4", queued.at("/upload/fileName").asText());
    assertEquals(Sha256.of(VIDEO), queued.at("/upload/contentSha256").asText());
    assertFalse(queued.toString().contains(folder.toString()), "tells where the content is");

    api.videos.sent(
        FaceFrame.newBuilder().setVideoId(id).setAttempt(1).setFrameIndex(49).setSeq(7).build());
    JsonNode extracting = json(api.get("/v1/videos/" + id));
    assertEquals("EXTRACTING", extracting.get("state").asText());
    assertEquals(50, extracting.at("/progress/frames").asInt());
    assertEquals(8, extracting.at("/progress/faces").asInt());

    api.videos.extracted(
        VideoMarker.newBuilder()
            .setVideoId(id)
            .setAttempt(1)
            .setDecodedFrames(120)
            .setFaceFrames(32)
            .build());
    assertEquals("SCORING", json(api.get("/v1/videos/" + id)).get("state").asText());
    decide(id);
    JsonNode decided = json(api.get("/v1/videos/" + id));
    assertEquals("DECIDED", decided.get("state").asText());
    assertEquals(120, decided.at("/progress/frames").asInt());
    assertEquals(32, decided.at("/progress/scored").asInt());
    assertEquals("FAKE", decided.at("/verdict/label").asText());
    assertEquals(VIDEO.length, api.metric("framewarden_http_received_bytes_total"));
    assertEquals(0, api.metric("framewarden_http_uploads_open"));
  }

  @Test
  void theSameBytesAgainGetTheEarlierVerdictUnlessTheyAreToBeScoredAnew() throws Exception {
    String id = uploaded();
    HttpResponse<String> early = api.post("/v1/videos", VIDEO);
    assertEquals(202, early.statusCode());
    assertEquals(id, json(early).get("id").asText());
    decide(id);
    HttpResponse<String> again = api.post("/v1/videos", VIDEO);
    assertEquals(200, again.statusCode());
    assertEquals("FAKE", json(again).at("/verdict/label").asText());
    assertEquals(List.of(id), api.stored());
    assertEquals(1, api.published.size());
    assertEquals(2, api.metric("framewarden_uploads_deduplicated_total"));

    HttpResponse<String> anew = api.post("/v1/videos?rescore", VIDEO);
    assertEquals(202, anew.statusCode());
    assertNotEquals(id, json(anew).get("id").asText());
    assertEquals(400, api.post("/v1/videos?rescore=maybe", VIDEO).statusCode());
    assertEquals(2, api.published.size());
  }

  @Test
  void whatTheServiceItselfFailedToExtractIsTriedAgain() throws Exception {
    String id = uploaded();
    api.videos.extracted(
        VideoMarker.newBuilder()
            .setVideoId(id)
            .setAttempt(1)
            .setFailure(FailureReason.SOURCE_MISMATCH)
            .build());
    assertNotEquals(id, json(api.post("/v1/videos", VIDEO)).get("id").asText());
  }

  @Test
  void aVideoThatIsTriedAgainIsQueuedAndSaysUntilWhen() throws Exception {
    String id = uploaded();
    VideoMarker failed =
        VideoMarker.newBuilder()
            .setVideoId(id)
            .setAttempt(1)
            .setFailure(FailureReason.DECODER_STARVED)
            .setFailedTries(1)
            .setRetryAtUs(60_000_000)
            .build();
    api.videos.extracted(failed);
    api.verdicts.put(
        id,
        Verdict.newBuilder()
            .setVideoId(id)
            .setStatus(VerdictStatus.PROVISIONAL)
            .setLabel(VerdictLabel.INCOMPLETE)
            .setFailure(failed.getFailure())
            .setRetryAtUs(failed.getRetryAtUs())
            .build());
    JsonNode video = json(api.get("/v1/videos/" + id));
    assertEquals("QUEUED", video.get("state").asText(), video.toString());
    assertEquals("1970-01-01T00:01:00Z", video.get("retryAt").asText());
    assertEquals("INCOMPLETE", video.at("/verdict/label").asText());
    assertEquals(1, api.metric("framewarden_extraction_retries_waiting"));
    api.videos.sent(FaceFrame.newBuilder().setVideoId(id).setAttempt(2).setSeq(0).build());
    video = json(api.get("/v1/videos/" + id));
    assertEquals("EXTRACTING", video.get("state").asText());
    assertFalse(video.has("retryAt"));
  }

  @Test
  void anIdempotencyKeyAnswersTheSameRequestOnce() throws Exception {
    HttpResponse<String> first =
        api.post("/v1/videos?rescore", VIDEO, "Idempotency-Key", "order-17");
    HttpResponse<String> second =
        api.post("/v1/videos?rescore", VIDEO, "Idempotency-Key", "order-17");
    assertEquals(202, second.statusCode(), second.body());
    assertEquals(json(first).get("id"), json(second).get("id"));
    assertEquals(1, api.published.size());
    HttpResponse<String> other =
        api.post("/v1/videos", video(500, 2), "Idempotency-Key", "order-17");
    assertEquals("key-reused", problem(other));
    assertEquals(422, other.statusCode());
    assertEquals(
        400, api.post("/v1/videos", VIDEO, "Idempotency-Key", "x".repeat(256)).statusCode());
    assertEquals(400, api.post("/v1/videos", VIDEO, "Idempotency-Key", "").statusCode());
    api.delete("/v1/videos/" + json(first).get("id").asText());
    HttpResponse<String> deleted = api.post("/v1/videos", VIDEO, "Idempotency-Key", "order-17");
    assertEquals(410, deleted.statusCode());
  }

  @Test
  void refusesWhatIsTooLargeByAnnouncementOrByBytes() throws Exception {
    byte[] large = video((int) ApiServer.MAX_BYTES + 1, 3);
    HttpResponse<String> chunked =
        api.send(
            "POST",
            "/v1/videos",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
    assertEquals(413, chunked.statusCode(), chunked.body());
    assertEquals("TOO_LARGE", json(chunked).get("reason").asText());
    try (RawClient client = new RawClient(api.port())) {
      client.send(
          "POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n");
      assertTrue(client.readAll().startsWith("HTTP/1.1 413"), "announced");
    }
    assertEquals(List.of(), api.stored());
    assertEquals(2, api.problems("too-large"));
  }

  @Test
  void refusesWhatIsNoVideo() throws Exception {
    HttpResponse<String> text =
        api.post("/v1/videos?name=a.mp4", "#EXTM3U\n/etc/passwd".getBytes(StandardCharsets.UTF_8));
    assertEquals(415, text.statusCode());
    assertEquals("refused-content", problem(text));
    assertEquals("PLAYLIST", json(text).get("reason").asText());
    assertEquals(400, api.post("/v1/videos", new byte[0]).statusCode());
    assertEquals(List.of(), api.stored());
  }

  @Test
  void aFormHearsToSendTheFileItself() throws Exception {
    byte[] form =
        "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nvideo\r\n--x--\r\n"
            .getBytes(StandardCharsets.UTF_8);
    for (String type :
        List.of("multipart/form-data; boundary=x", "Multipart/Form-Data;boundary=x")) {
      HttpResponse<String> refused = api.post("/v1/videos", form, "Content-Type", type);
      assertEquals(415, refused.statusCode());
      assertEquals("wrong-content-type", problem(refused));
      String detail = json(refused).get("detail").asText();
      assertTrue(
          detail.startsWith("send the file itself, not a form: curl --data-binary @"), detail);
    }
    // What curl --data-binary says unless it is told otherwise.
    String urlencoded = "application/x-www-form-urlencoded";
    assertEquals(202, api.post("/v1/videos", VIDEO, "Content-Type", urlencoded).statusCode());
  }

  @Test
  void aCutUploadLeavesNothing() throws Exception {
    try (RawClient client = new RawClient(api.port())) {
      client.send("POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
      client.send(video(50_000, 1));
    }
    while (api.problems("broken-off") == 0) {
      Thread.onSpinWait();
    }
    assertEquals(List.of(), api.stored());
    assertEquals(List.of(), api.published);
    assertEquals(0, api.metric("framewarden_http_uploads_open"));
  }

  @Test
  void namesAreShownAndNeverAPath() throws Exception {
    String path = "/v1/videos?name=..%2F..%2Fetc%2Fcron.d%2Fevil%0D%0ASet-Cookie:x.mp4%E2%80%AE";
    JsonNode body = json(api.post(path, VIDEO));
    assertEquals("evilSet-Cookie:x.mp4", body.at("/upload/fileName").asText());
    assertEquals(1, api.stored().size());
    assertEquals(400, api.post("/v1/videos?name=" + "n".repeat(256), VIDEO).statusCode());
    assertEquals(
        "", json(api.post("/v1/videos?name=..", video(90, 4))).at("/upload/fileName").asText());
  }

  @Test
  void aDeletedVideoIsGoneAndItsBytesAreNew() throws Exception {
    String id = uploaded();
    decide(id);
    assertEquals(204, api.delete("/v1/videos/" + id).statusCode());
    assertEquals(List.of(id), api.tombstones);
    assertEquals(List.of(), api.stored());
    HttpResponse<String> gone = api.get("/v1/videos/" + id);
    assertEquals(410, gone.statusCode());
    assertEquals("deleted", problem(gone));
    assertEquals(410, api.delete("/v1/videos/" + id).statusCode());
    assertEquals(202, api.post("/v1/videos", VIDEO).statusCode());
  }

  @Test
  void everyErrorIsAProblem() throws Exception {
    assertEquals("unknown-video", problem(api.get("/v1/videos/none")));
    assertEquals("unknown-video", problem(api.get("/v1/videos/..%2f..%2fx")));
    assertEquals("unknown-path", problem(api.get("/v2")));
    HttpResponse<String> method = api.delete("/v1/videos");
    assertEquals("method-not-allowed", problem(method));
    assertEquals("GET, POST, HEAD", method.headers().firstValue("Allow").orElseThrow());
    broken.set(new IOException("no broker"));
    HttpResponse<String> unavailable = api.post("/v1/videos", VIDEO);
    assertEquals("unavailable", problem(unavailable));
    assertTrue(unavailable.headers().firstValue("Retry-After").isPresent());
    broken.set(new IOException("write failed", new IOException("No space left on device")));
    assertEquals("storage-full", problem(api.post("/v1/videos", VIDEO)));
    assertEquals(List.of(), api.stored());
    broken.set(null);
    assertEquals(202, api.post("/v1/videos", VIDEO).statusCode());
  }

  private String uploaded() throws Exception {
    return json(api.post("/v1/videos", VIDEO)).get("id").asText();
  }

  private void decide(String id) {
    api.verdicts.put(
        id,
        Verdict.newBuilder()
            .setVideoId(id)
            .setStatus(VerdictStatus.FINAL)
            .setLabel(VerdictLabel.FAKE)
            .setCompleteness(Completeness.newBuilder().setScored(32))
            .build());
  }
}
