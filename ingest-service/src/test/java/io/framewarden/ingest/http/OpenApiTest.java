package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.access.Role;
import io.framewarden.ingest.access.TokenFile;
import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.ingest.submission.LimitedInputStream.ContentPace;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.Completeness;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The document and the running service say the same: every answer of the one is the other's. */
@Timeout(120)
@Tag("slow")
class OpenApiTest {
  private static final String VIDEOS = "/v1/videos";
  private static final String FROM_URI = "/v1/videos:fromUri";
  private static final String VIDEO_ID = "/v1/videos/{id}";
  private static final String DECISIONS = "/v1/videos/{id}/decisions";
  private static final String UPLOADS = "/v1/uploads";
  private static final String UPLOAD_ID = "/v1/uploads/{id}";
  private static final String[] TUS = {"Tus-Resumable", "1.0.0"};
  private static final byte[] VIDEO = video(1000, 1);

  @TempDir Path folder;
  private final AtomicReference<IOException> broken = new AtomicReference<>();
  private final AtomicReference<CountDownLatch> publishing = new AtomicReference<>();
  private String[] uploader;
  private String[] moderator;
  private ApiServer api;
  private OpenApiContract contract;
  private int seed = 100;

  @BeforeEach
  void listen() throws Exception {
    TokenFile tokens = new TokenFile(folder.resolve("tokens.json"));
    uploader = bearer(tokens.create("site", Role.UPLOADER));
    moderator = bearer(tokens.create("mo", Role.MODERATOR));
    Files.createDirectories(folder.resolve("in"));
    api = server(new AccessConfig(tokens.path(), 0, 0));
    contract = new OpenApiContract(ApiServer.json(api.get("/openapi.json")));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void theProblemTypesAreTheRefusalKinds() {
    List<String> kinds = new ArrayList<>();
    for (ProblemType kind : ProblemType.values()) {
      kinds.add(ProblemResponses.TYPE + kind.label());
    }
    JsonNode document = JsonNodeFactory.instance.nullNode();
    List<String> documented = new ArrayList<>();
    try {
      document = ApiServer.json(api.get("/openapi.json"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    document
        .at("/components/schemas/Problem/properties/type/enum")
        .forEach(type -> documented.add(type.asText()));
    assertEquals(kinds, documented);
    assertEquals("3.1.0", document.get("openapi").asText());
  }

  @Test
  void everyDocumentedAnswerIsGivenAndNoOther() throws Exception {
    call("get", "/openapi.json", "/openapi.json", new byte[0]);
    wholeUploads();
    lists();
    decisions();
    fetches();
    states();
    resumable();
    resumableRefusals();
    startingUp();
    limits();
    assertEquals(new TreeSet<>(contract.documented()), contract.seen());
  }

  private void wholeUploads() throws Exception {
    String id = id(call("post", VIDEOS, VIDEOS + "?name=a.mp4", VIDEO, uploader)); // 202
    decide(id);
    call("post", VIDEOS, VIDEOS, VIDEO, uploader); // 200
    call("get", VIDEO_ID, VIDEOS + "/" + id, new byte[0], uploader);
    call("post", VIDEOS, VIDEOS, new byte[0], uploader); // 400
    call("post", VIDEOS, VIDEOS, VIDEO); // 401
    call("post", VIDEOS, VIDEOS, VIDEO, moderator); // 403
    call("post", VIDEOS, VIDEOS, video((int) ApiServer.MAX_BYTES + 1, 1), uploader); // 413
    call("post", VIDEOS, VIDEOS, new byte[] {1, 2, 3}, uploader); // 415
    String[] keyed = with(uploader, "Idempotency-Key", "k");
    String kept = id(call("post", VIDEOS, VIDEOS, next(), keyed));
    call("post", VIDEOS, VIDEOS, next(), keyed); // 422
    call("delete", VIDEO_ID, VIDEOS + "/" + kept, new byte[0], uploader); // 204
    call("post", VIDEOS, VIDEOS, next(), keyed); // 410
    inProgress("post", VIDEOS, VIDEOS, next(), with(uploader, "Idempotency-Key", "w")); // 409
    broken.set(new IOException("no broker"));
    call("post", VIDEOS, VIDEOS, next(), uploader); // 503
    broken.set(new IOException("No space left on device"));
    call("post", VIDEOS, VIDEOS, next(), uploader); // 507
    broken.set(null);
    slow();
  }

  private void lists() throws Exception {
    call("post", VIDEOS, VIDEOS + "?external_id=7", next(), uploader);
    call("get", VIDEOS, VIDEOS + "?limit=1", new byte[0], uploader); // 200, with a next page
    call("get", VIDEOS, VIDEOS, new byte[0], moderator); // one decided among them
    call("get", VIDEOS, VIDEOS + "?limit=x", new byte[0], uploader); // 400
    call("get", VIDEOS, VIDEOS, new byte[0]); // 401
  }

  private void decisions() throws Exception {
    String id = id(call("post", VIDEOS, VIDEOS, next(), uploader));
    String path = VIDEOS + "/" + id + "/decisions";
    callJson(DECISIONS, path, json("{'label': 'FAKE'}"), moderator); // 409
    decide(id);
    byte[] good = json("{'label': 'FAKE', 'tracks': [{'trackId': 0, 'label': 'REAL'}]}");
    callJson(DECISIONS, path, good, moderator); // 201
    call("get", VIDEO_ID, VIDEOS + "/" + id, new byte[0], uploader); // with the decision
    callJson(DECISIONS, path, json("{'label': 'X'}"), moderator); // 400
    callJson(DECISIONS, path, good); // 401
    callJson(DECISIONS, path, good, uploader); // 403
    callJson(DECISIONS, VIDEOS + "/none/decisions", good, moderator); // 404
    callJson(DECISIONS, path, new byte[1 << 17], moderator); // 413
    call("post", DECISIONS, path, good, moderator); // 415
    callJson(DECISIONS, path, json("{'outcome': 'OVERTURNED', 'label': 'REAL'}"), moderator);
    api.decisions.broken = new IOException("no broker");
    callJson(DECISIONS, path, good, moderator); // 503
    call("delete", VIDEO_ID, VIDEOS + "/" + id, new byte[0], uploader);
    callJson(DECISIONS, path, good, moderator); // 410
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private void slow() throws Exception {
    try (RawClient client = new RawClient(api.port())) {
      client.send(
          "POST /v1/videos HTTP/1.1\r\n"
              + "Host: localhost\r\n"
              + "Connection: close\r\n"
              + "Content-Length: 90000\r\n"
              + uploader[0]
              + ": "
              + uploader[1]
              + "\r\n\r\n");
      client.send(video(5000, 1));
      trickle(client);
      checkRaw("post", VIDEOS, client.readAll()); // 408
    }
    String path = created(90_000);
    try (RawClient client = new RawClient(api.port())) {
      client.send(patchHead(path, 90_000) + "Connection: close\r\n\r\n");
      client.send(video(5000, 1));
      trickle(client);
      checkRaw("patch", UPLOAD_ID, client.readAll()); // 408
    }
  }

  private void trickle(RawClient client) throws Exception {
    double before = api.problems("too-slow");
    while (api.problems("too-slow") == before) {
      client.send(new byte[] {1});
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void fetches() throws Exception {
    Files.write(folder.resolve("in/a.mp4"), next());
    Files.write(folder.resolve("in/large.mp4"), video((int) ApiServer.MAX_BYTES + 1, 1));
    Files.writeString(folder.resolve("in/no.mp4"), "#EXTM3U");
    byte[] good = uri("in/a.mp4");
    String id = id(callJson(FROM_URI, FROM_URI, good, uploader)); // 202
    decide(id);
    callJson(FROM_URI, FROM_URI, good, uploader); // 200
    callJson(FROM_URI, FROM_URI, new byte[0], uploader); // 400
    callJson(FROM_URI, FROM_URI, good); // 401
    callJson(FROM_URI, FROM_URI, uri("elsewhere.mp4"), uploader); // 403
    callJson(FROM_URI, FROM_URI, uri("in/large.mp4"), uploader); // 413
    callJson(FROM_URI, FROM_URI, uri("in/no.mp4"), uploader); // 415
    callJson(FROM_URI, FROM_URI, uri("in/missing.mp4"), uploader); // 422
    String again = FROM_URI + "?rescore";
    String[] keyed = with(uploader, "Idempotency-Key", "f");
    String kept = id(callJson(FROM_URI, again, good, keyed));
    callJson(FROM_URI, again, uri("in/other.mp4"), keyed); // 422
    call("delete", VIDEO_ID, VIDEOS + "/" + kept, new byte[0], uploader);
    callJson(FROM_URI, again, good, keyed); // 410
    inProgress(
        "post",
        FROM_URI,
        again,
        good,
        with(uploader, "Idempotency-Key", "g", "Content-Type", "application/json")); // 409
    broken.set(new IOException("no broker"));
    callJson(FROM_URI, again, good, uploader); // 503
    broken.set(new IOException("No space left on device"));
    callJson(FROM_URI, again, good, uploader); // 507
    broken.set(null);
  }

  /** The same request twice, the second while the first is being published. */
  private void inProgress(
      String method, String template, String path, byte[] body, String... headers)
      throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    publishing.set(go);
    Thread first =
        new Thread(
            () -> {
              try {
                api.post(path, body, headers);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    first.start();
    while (publishing.get() != null) {
      Thread.onSpinWait();
    }
    call(method, template, path, body, headers);
    go.countDown();
    first.join();
  }

  private void states() throws Exception {
    String id = id(call("post", VIDEOS, VIDEOS, next(), uploader));
    String path = VIDEOS + "/" + id;
    call("get", VIDEO_ID, path, new byte[0], uploader); // 200
    call("get", VIDEO_ID, path, new byte[0]); // 401
    call("delete", VIDEO_ID, path, new byte[0]); // 401
    call("get", VIDEO_ID, VIDEOS + "/none", new byte[0], uploader); // 404
    call("delete", VIDEO_ID, VIDEOS + "/none", new byte[0], uploader); // 404
    call("delete", VIDEO_ID, path, new byte[0], moderator); // 403
    call("delete", VIDEO_ID, path, new byte[0], uploader); // 204
    call("get", VIDEO_ID, path, new byte[0], uploader); // 410
    call("delete", VIDEO_ID, path, new byte[0], uploader); // 410
  }

  private void resumable() throws Exception {
    call("options", UPLOADS, UPLOADS, new byte[0]);
    call("options", UPLOAD_ID, UPLOADS + "/x", new byte[0]);
    byte[] content = next();
    String path = created(content.length); // 201
    call("head", UPLOAD_ID, path, new byte[0], with(uploader, TUS)); // 200
    call("get", VIDEO_ID, path.replace("uploads", "videos"), new byte[0], uploader); // RECEIVING
    part("patch", path, 0, content, uploader); // 204
    call("head", UPLOAD_ID, path, new byte[0], with(uploader, TUS));
    part("patch", path, 0, content, uploader); // 409
    part("patch", created(10), 0, new byte[11], uploader); // 413
    part("patch", created(3), 0, new byte[3], uploader); // 415
    part("patch", created(9), 0, new byte[9], with(uploader, "Upload-Checksum", "md5 AAAA")); // 460
    part("patch", created(9), 0, new byte[9], with(uploader, "Upload-Checksum", "?")); // 400
    broken.set(new IOException("no broker"));
    part("patch", created(content.length), 0, next(), uploader); // 503
    broken.set(new IOException("No space left on device"));
    part("patch", created(content.length), 0, next(), uploader); // 507
    broken.set(null);
    call("delete", UPLOAD_ID, created(5), new byte[0], with(uploader, TUS)); // 204
    String override = created(5);
    String[] method = with(with(uploader, TUS), "X-HTTP-Method-Override", "DELETE");
    call("post", UPLOAD_ID, override, new byte[0], method); // 204
    call("post", UPLOAD_ID, override, new byte[0], method); // 4XX
    call("post", UPLOAD_ID, override, new byte[0], with(uploader, TUS)); // 400
    call("post", UPLOADS, UPLOADS, new byte[0], with(uploader, TUS)); // 400
    call("post", UPLOADS, UPLOADS, new byte[0], TUS); // 401
    call("post", UPLOADS, UPLOADS, new byte[0], with(moderator, TUS)); // 403
    call("post", UPLOADS, UPLOADS, new byte[0], uploader); // 412
    call("post", UPLOADS, UPLOADS, new byte[0], length(1L << 40)); // 413
  }

  private void resumableRefusals() throws Exception {
    String path = created(100);
    for (String method : List.of("head", "patch", "delete")) {
      call(method, UPLOAD_ID, path, new byte[0], TUS); // 401
      call(method, UPLOAD_ID, path, new byte[0], with(moderator, TUS)); // 403
      call(method, UPLOAD_ID, UPLOADS + "/x", new byte[0], with(uploader, TUS)); // 404
      call(method, UPLOAD_ID, path, new byte[0], uploader); // 412
    }
    try (RawClient writer = new RawClient(api.port())) {
      writer.send(patchHead(path, 100) + "\r\n");
      writer.send(new byte[] {0});
      while (api.metric("framewarden_http_uploads_open") == 0) {
        Thread.onSpinWait();
      }
      part("patch", path, 0, new byte[1], uploader); // 423
      call("delete", UPLOAD_ID, path, new byte[0], with(uploader, TUS)); // 423
      call("delete", VIDEO_ID, path.replace("uploads", "videos"), new byte[0], uploader); // 423
    }
    String old = created(100);
    Files.setLastModifiedTime(
        folder.resolve("staging" + old.substring(UPLOADS.length()) + ".data"),
        FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    for (String method : List.of("head", "patch", "delete")) {
      call(method, UPLOAD_ID, old, new byte[0], with(uploader, TUS)); // 410
    }
  }

  private void startingUp() throws Exception {
    api.ready = false;
    call("get", VIDEOS, VIDEOS, new byte[0], uploader);
    call("get", VIDEO_ID, VIDEOS + "/x", new byte[0], uploader);
    call("delete", VIDEO_ID, VIDEOS + "/x", new byte[0], uploader);
    call("post", UPLOADS, UPLOADS, new byte[0], with(uploader, TUS));
    call("head", UPLOAD_ID, UPLOADS + "/x", new byte[0], with(uploader, TUS));
    call("delete", UPLOAD_ID, UPLOADS + "/x", new byte[0], with(uploader, TUS));
    call(
        "post",
        UPLOAD_ID,
        UPLOADS + "/x",
        new byte[0],
        with(with(uploader, TUS), "X-HTTP-Method-Override", "DELETE"));
  }

  private void limits() throws Exception {
    api.close();
    api = server(new AccessConfig(folder.resolve("tokens.json"), 2, 500));
    call("post", UPLOADS, UPLOADS, new byte[0], length(600)); // 507
    call("post", VIDEOS, VIDEOS, new byte[0], uploader);
    call("post", VIDEOS, VIDEOS, VIDEO, uploader); // 429
    callJson(FROM_URI, FROM_URI, VIDEO, uploader); // 429
    call("post", UPLOADS, UPLOADS, new byte[0], length(6)); // 429
  }

  private ApiServer server(AccessConfig access) throws IOException {
    UploadApiConfig plain = ApiServer.config(folder, access);
    return new ApiServer(
        new UploadApiConfig(
            access,
            plain.staging(),
            new FetchConfig(
                List.of(folder.resolve("in").toUri()), Duration.ofSeconds(9), plain.fetch().s3()),
            plain.maxBytes(),
            plain.uploadsAtOnce(),
            new ContentPace(100_000, Duration.ofMillis(500))),
        upload -> {
          CountDownLatch wait = publishing.getAndSet(null);
          if (wait != null) {
            await(wait);
          }
          if (broken.get() != null) {
            throw broken.get();
          }
        },
        true,
        Duration.ofSeconds(20));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private HttpResponse<String> call(
      String method, String template, String path, byte[] body, String... headers)
      throws Exception {
    HttpResponse<String> answer =
        api.send(method.toUpperCase(Locale.ROOT), path, BodyPublishers.ofByteArray(body), headers);
    Map<String, String> found = new TreeMap<>();
    answer
        .headers()
        .map()
        .forEach((name, values) -> found.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    contract.check(method, template, answer.statusCode(), found, answer.body());
    return answer;
  }

  private HttpResponse<String> callJson(
      String template, String path, byte[] body, String... headers) throws Exception {
    return call("post", template, path, body, with(headers, "Content-Type", "application/json"));
  }

  private void checkRaw(String method, String template, String answer) throws Exception {
    int end = answer.indexOf("\r\n\r\n");
    String[] lines = answer.substring(0, end).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(": ", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    contract.check(method, template, status, headers, answer.substring(end + 4));
  }

  private void part(String method, String path, long offset, byte[] part, String[] headers)
      throws Exception {
    call(
        method,
        UPLOAD_ID,
        path,
        part,
        with(
            with(headers, TUS),
            "Upload-Offset",
            Long.toString(offset),
            "Content-Type",
            "application/offset+octet-stream"));
  }

  private String patchHead(String path, int length) {
    return "PATCH %s HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            .formatted(path)
        + "Content-Type: application/offset+octet-stream\r\nContent-Length: "
        + length
        + "\r\n"
        + uploader[0]
        + ": "
        + uploader[1]
        + "\r\n";
  }

  private String created(long length) throws Exception {
    return call("post", UPLOADS, UPLOADS, new byte[0], length(length))
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private String[] length(long bytes) {
    return with(with(uploader, TUS), "Upload-Length", Long.toString(bytes));
  }

  private byte[] uri(String file) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("uri", folder.resolve(file).toUri().toString())
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] next() {
    return video(1000, seed++);
  }

  private static String id(HttpResponse<String> answer) throws IOException {
    return ApiServer.json(answer).get("id").asText();
  }

  private void decide(String id) {
    api.verdicts.put(
        id,
        Verdict.newBuilder()
            .setVideoId(id)
            .setStatus(VerdictStatus.FINAL)
            .setLabel(VerdictLabel.REAL)
            .setAutomation(AutomationLevel.AUTOMATIC)
            .addTracks(TrackVerdict.newBuilder().setLabel(VerdictLabel.REAL).setStream(1))
            .addStreams(VideoStream.newBuilder().setIndex(1).setCodec("h264").setDecodedFrames(9))
            .setCompleteness(Completeness.newBuilder().setExpected(3).setScored(3))
            .build());
  }

  private static String[] bearer(String secret) {
    return new String[] {"Authorization", "Bearer " + secret};
  }

  private static String[] with(String[] headers, String... more) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
