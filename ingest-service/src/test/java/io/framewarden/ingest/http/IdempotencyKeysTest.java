package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.problem;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.framewarden.ingest.access.Caller;
import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.ingest.submission.Submission;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A key answers for the request that it came with first, and for no other. */
@Timeout(60)
@Tag("slow")
class IdempotencyKeysTest {
  private static final byte[] VIDEO = video(100_000, 1);
  private static final byte[] OTHER = video(VIDEO.length, 2);

  @TempDir Path folder;
  private ApiServer api;

  @BeforeEach
  void listen() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    Files.write(folder.resolve("in/a.mp4"), VIDEO);
    Files.write(folder.resolve("in/b.mp4"), VIDEO);
    api = server();
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void theSameContentGetsTheFirstAnswerHoweverItIsSent() throws Exception {
    String id = id(post(VIDEO));
    assertEquals(id, id(post(VIDEO)));
    assertEquals(id, id(chunked(VIDEO)));
    assertEquals(List.of(id), api.stored());
    assertEquals(1, api.published.size());
    assertEquals(0, api.metric("framewarden_http_uploads_open"));
  }

  @Test
  void otherContentIsRefusedAndNotKept() throws Exception {
    String id = id(post(VIDEO));
    assertReused(post(OTHER));
    assertReused(chunked(OTHER));
    assertReused(chunked(video(VIDEO.length - 1, 1)));
    assertReused(chunked(new byte[0]));
    assertReused(post(video(500, 3)));
    assertEquals(List.of(id), api.stored());
    assertEquals(Sha256.of(VIDEO), Sha256.of(folder.resolve("store/uploads/" + id)));
    assertEquals(1, api.published.size());
    assertEquals(0, api.metric("framewarden_http_uploads_open"));
  }

  @Test
  void contentWithoutEndIsReadNoFurtherThanItCanBeTheSame() throws Exception {
    post(VIDEO);
    try (RawClient client = new RawClient(api.port())) {
      client.send(
          "POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
              + "Idempotency-Key: order-17\r\n\r\n"
              + Integer.toHexString(2 * VIDEO.length)
              + "\r\n");
      client.send(VIDEO);
      client.send(new byte[] {1});
      while (api.problems("key-reused") == 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void contentThatBreaksOffIsNoOtherContent() throws Exception {
    post(VIDEO);
    try (RawClient client = new RawClient(api.port())) {
      client.send(
          "POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: order-17\r\n"
              + "Content-Length: 100000\r\n\r\n");
      client.send(video(50_000, 1));
    }
    while (api.problems("broken-off") == 0) {
      Thread.onSpinWait();
    }
    assertEquals(0, api.problems("key-reused"));
  }

  @Test
  void theSameUriGetsTheFirstAnswerWithoutBeingFetchedAgain() throws Exception {
    String id = id(fetch("a.mp4"));
    Files.delete(folder.resolve("in/a.mp4"));
    assertEquals(id, id(fetch("a.mp4")));
    assertEquals(1, api.published.size());
  }

  @Test
  void anotherUriIsRefusedThoughItsContentMayBeTheSame() throws Exception {
    fetch("a.mp4");
    assertReused(fetch("b.mp4"));
    assertReused(post(VIDEO));
    assertReused(chunked(VIDEO));
    assertEquals(1, api.published.size());
  }

  @Test
  void aUriAfterContentIsRefused() throws Exception {
    post(VIDEO);
    assertReused(fetch("a.mp4"));
  }

  @Test
  void whatIsComparedSurvivesARestart() throws Exception {
    String posted = id(post(VIDEO));
    String fetched = id(fetch("a.mp4", "order-18"));
    List<VideoUpload> records = api.published;
    api.close();
    api = server();
    records.forEach(api.videos::uploaded);
    assertEquals(posted, id(post(VIDEO)));
    assertEquals(fetched, id(fetch("a.mp4", "order-18")));
    assertReused(post(OTHER));
    assertReused(fetch("b.mp4", "order-18"));
    assertEquals(List.of(), api.published);
  }

  @Test
  void aKeyOfWhichOnlyTheVerdictIsKnownAnswersNothing() throws Exception {
    String id = Submission.idOf(Caller.LOCAL.name(), "order-17");
    api.verdicts.put(id, Verdict.newBuilder().setVideoId(id).build());
    assertReused(post(VIDEO));
    api.verdicts.clear();
    api.videos.extracted(
        VideoMarker.newBuilder()
            .setVideoId(id)
            .setAttempt(1)
            .setFailure(FailureReason.CORRUPT)
            .build());
    assertReused(post(VIDEO));
    assertEquals(List.of(), api.stored());
  }

  /** Whoever comes second may find the first in progress, or answered, but never be it. */
  @Test
  void ofDifferentContentAtTheSameTimeOneIsTaken() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String key = "race-" + round;
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
          byte[] content = video(2000, 100 + 8 * round + client);
          answers.add(
              clients.submit(() -> api.post("/v1/videos", content, "Idempotency-Key", key)));
        }
        int taken = 0;
        for (Future<HttpResponse<String>> answer : answers) {
          int status = answer.get().statusCode();
          taken += status == 202 ? 1 : 0;
          assertTrue(List.of(202, 409, 422).contains(status), answer.get().body());
        }
        assertEquals(1, taken);
      }
    } finally {
      clients.shutdownNow();
    }
    for (VideoUpload upload : api.published) {
      Path stored = folder.resolve("store/uploads/" + upload.getVideoId());
      assertEquals(upload.getContentSha256(), Sha256.of(stored));
    }
  }

  private ApiServer server() throws IOException {
    UploadApiConfig plain = ApiServer.config(folder);
    return new ApiServer(
        new UploadApiConfig(
            plain.access(),
            plain.staging(),
            new FetchConfig(
                List.of(folder.resolve("in").toUri()), Duration.ofSeconds(9), plain.fetch().s3()),
            plain.maxBytes(),
            plain.uploadsAtOnce(),
            plain.pace()));
  }

  private HttpResponse<String> post(byte[] content) throws Exception {
    return api.post("/v1/videos?rescore", content, "Idempotency-Key", "order-17");
  }

  private HttpResponse<String> chunked(byte[] content) throws Exception {
    return api.send(
        "POST",
        "/v1/videos?rescore",
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)),
        "Idempotency-Key",
        "order-17");
  }

  private HttpResponse<String> fetch(String file) throws Exception {
    return fetch(file, "order-17");
  }

  private HttpResponse<String> fetch(String file, String key) throws Exception {
    String uri = folder.resolve("in").toUri() + file;
    String body = JsonNodeFactory.instance.objectNode().put("uri", uri).toString();
    return api.postJson("/v1/videos:fromUri?rescore", body, "Idempotency-Key", key);
  }

  private static String id(HttpResponse<String> answer) throws IOException {
    assertEquals(202, answer.statusCode(), answer.body());
    return json(answer).get("id").asText();
  }

  private static void assertReused(HttpResponse<String> answer) throws IOException {
    assertEquals("key-reused", problem(answer), answer.body());
    assertEquals(422, answer.statusCode());
  }
}
