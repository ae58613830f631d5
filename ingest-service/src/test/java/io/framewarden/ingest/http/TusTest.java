package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.problem;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.ffmpeg.ContainerSignature;
import io.framewarden.ingest.access.AccessConfig;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Resumable uploads, by a public client of the protocol and by single requests. */
@Timeout(60)
@Tag("slow")
class TusTest {
  private static final byte[] VIDEO = video(1_000_000, 1);
  private static final int HALF = VIDEO.length / 2;
  private static final String PART = "application/offset+octet-stream";

  @TempDir Path folder;
  private final AtomicReference<IOException> broken = new AtomicReference<>();
  private ApiServer api;

  @BeforeEach
  void listen() throws IOException {
    api = server(ApiServer.config(folder));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aPublicClientUploads() throws Exception {
    TusUploader uploader = client(new TusURLMemoryStore()).createUpload(upload());
    send(uploader, VIDEO.length);
    uploader.finish();
    String id = id(uploader);
    assertEquals("QUEUED", json(api.get("/v1/videos/" + id)).get("state").asText());
    assertEquals("clip.mp4", api.published.get(0).getFileName());
    assertArrayEquals(VIDEO, Files.readAllBytes(folder.resolve("store/uploads/" + id)));
  }

  @Test
  void aPublicClientResumesAnUploadThatWasCutInTheMiddleAlsoAfterARestart() throws Exception {
    TusURLMemoryStore urls = new TusURLMemoryStore();
    TusUploader cut = client(urls).createUpload(upload());
    send(cut, HALF);
    cut.finish(false);
    String id = id(cut);
    assertEquals("RECEIVING", json(api.get("/v1/videos/" + id)).get("state").asText());
    assertEquals(HALF, json(api.get("/v1/videos/" + id)).at("/progress/bytes").asInt());
    api.close();

    api = server(ApiServer.config(folder));
    assertEquals(1, api.metric("framewarden_resumable_uploads"));
    TusUpload upload = upload();
    urls.set(upload.getFingerprint(), api.uri("/v1/uploads/" + id).toURL()); // another port now
    TusUploader resumed = client(urls).resumeUpload(upload);
    assertEquals(HALF, resumed.getOffset());
    send(resumed, VIDEO.length);
    resumed.finish();
    assertArrayEquals(VIDEO, Files.readAllBytes(folder.resolve("store/uploads/" + id)));
    assertEquals(List.of(id + ".json"), api.staged());
    assertEquals(VIDEO.length - HALF, api.metric("framewarden_http_received_bytes_total"));
    assertEquals(0, api.metric("framewarden_resumable_uploads"));
  }

  @Test
  void aConnectionThatBreaksInsideAPartLosesNothingThatCame() throws Exception {
    String path = created(VIDEO.length);
    try (RawClient client = new RawClient(api.port())) {
      client.send(
          "PATCH %s HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(path, PART, VIDEO.length));
      client.send(Arrays.copyOf(VIDEO, HALF));
    }
    while (api.problems("broken-off") == 0) {
      Thread.onSpinWait();
    }
    assertEquals(HALF, offset(path));
    HttpResponse<String> rest = patch(path, HALF, Arrays.copyOfRange(VIDEO, HALF, VIDEO.length));
    assertEquals(204, rest.statusCode(), rest.body());
    assertEquals(
        path.replace("uploads", "videos"),
        rest.headers().firstValue("Content-Location").orElseThrow());
  }

  @Test
  void tellsWhatItCanDo() throws Exception {
    HttpResponse<String> options = api.send("OPTIONS", "/v1/uploads", BodyPublishers.noBody());
    assertEquals(204, options.statusCode());
    assertEquals("1.0.0", options.headers().firstValue("Tus-Version").orElseThrow());
    assertEquals(
        "creation,termination,checksum,expiration",
        options.headers().firstValue("Tus-Extension").orElseThrow());
    assertEquals(
        Long.toString(ApiServer.MAX_BYTES),
        options.headers().firstValue("Tus-Max-Size").orElseThrow());
    HttpResponse<String> old = api.post("/v1/uploads", new byte[0], "Tus-Resumable", "0.2.2");
    assertEquals(412, old.statusCode());
    assertEquals("1.0.0", old.headers().firstValue("Tus-Version").orElseThrow());
  }

  @Test
  void partsThatDoNotBelongAreRefused() throws Exception {
    String path = created(1000);
    assertEquals(409, patch(path, 5, video(10, 1)).statusCode());
    assertEquals(413, patch(path, 0, video(1001, 1)).statusCode());
    HttpResponse<String> type =
        api.send(
            "PATCH",
            path,
            BodyPublishers.ofByteArray(video(10, 1)),
            "Tus-Resumable",
            "1.0.0",
            "Upload-Offset",
            "0",
            "Content-Type",
            "video/mp4");
    assertEquals("wrong-content-type", problem(type));
    assertEquals(404, patch("/v1/uploads/../../x", 0, video(10, 1)).statusCode());
    assertEquals(404, patch(path.replaceAll("[0-9a-f]", "0"), 0, video(10, 1)).statusCode());
    assertEquals("too-large", problem(create(ApiServer.MAX_BYTES + 1)));
    assertEquals("malformed-request", problem(create(-1)));
    assertEquals(400, create(0).statusCode());
  }

  /** Were its first bytes kept, the upload would be whole, refused, and judged by nobody. */
  @Test
  void aPartThatIsTooLongIsDroppedAndTheRightOneEndsTheUpload() throws Exception {
    String path = created(1000);
    byte[] content = video(1000, 1);
    assertEquals(204, patch(path, 0, Arrays.copyOf(content, 400)).statusCode());
    byte[] rest = Arrays.copyOfRange(content, 400, 1000);
    for (byte[] tooLong : List.of(Arrays.copyOf(rest, 601), Arrays.copyOf(rest, 200_000))) {
      assertEquals("too-large", problem(patch(path, 400, tooLong)));
      assertEquals("too-large", problem(patchInChunks(path, 400, tooLong)));
      assertEquals(400, offset(path));
    }
    assertEquals(List.of(), api.published);
    assertEquals(204, patch(path, 400, rest).statusCode());
    String id = path.substring(path.lastIndexOf('/') + 1);
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("store/uploads/" + id)));
    assertEquals("too-large", problem(patch(path, 1000, new byte[1])));
    assertEquals(204, patch(path, 1000, new byte[0]).statusCode());
    assertEquals(1, api.published.size());
  }

  @Test
  void aWholeUploadThatWaitsIsHandedInThoughMoreComes() throws Exception {
    broken.set(new IOException("no broker"));
    String path = created(1000);
    assertEquals(503, patch(path, 0, video(1000, 1)).statusCode());
    broken.set(null);
    assertEquals("too-large", problem(patch(path, 1000, new byte[1])));
    assertEquals(1, api.published.size());
  }

  @Test
  void aPartWithAWrongChecksumIsDropped() throws Exception {
    String path = created(1000);
    byte[] content = video(1000, 1);
    byte[] first = Arrays.copyOf(content, 600);
    HttpResponse<String> wrong = patch(path, 0, first, "Upload-Checksum", sum("SHA-1", content));
    assertEquals(460, wrong.statusCode());
    assertEquals(0, offset(path));
    assertEquals(400, patch(path, 0, first, "Upload-Checksum", "crc32 AAAA").statusCode());
    assertEquals(204, patch(path, 0, first, "Upload-Checksum", sum("SHA-1", first)).statusCode());
    assertEquals(600, offset(path));
    byte[] rest = Arrays.copyOfRange(content, 600, 1000);
    assertEquals(204, patch(path, 600, rest).statusCode());
    assertEquals(1, api.published.size());
  }

  @Test
  void uncheckedBytesOfACrashDoNotCount() throws Exception {
    String path = created(1000);
    byte[] content = video(1000, 1);
    assertEquals(204, patch(path, 0, Arrays.copyOf(content, 400)).statusCode());
    String id = path.substring(path.lastIndexOf('/') + 1);
    Path note = folder.resolve("staging/" + id + ".json");
    api.close();
    // As a process leaves it that dies while it reads a part with a checksum.
    Files.writeString(
        note, Files.readString(note).replace("\"checkedTo\":-1", "\"checkedTo\":400"));
    Files.write(folder.resolve("staging/" + id + ".data"), new byte[700]);
    Files.write(
        folder.resolve("staging/" + id + ".data"),
        Arrays.copyOf(content, 400),
        StandardOpenOption.WRITE);
    api = server(ApiServer.config(folder));
    assertEquals(400, offset(path));
    byte[] rest = Arrays.copyOfRange(content, 400, 1000);
    assertEquals(204, patch(path, 400, rest).statusCode());
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("store/uploads/" + id)));
  }

  @Test
  void whatIsNoVideoIsRefusedAsSoonAsItShows() throws Exception {
    String path = created(1_000_000);
    HttpResponse<String> refused =
        patch(path, 0, "#EXTM3U\n".repeat(600).getBytes(StandardCharsets.US_ASCII));
    assertEquals(415, refused.statusCode());
    assertEquals("PLAYLIST", json(refused).get("reason").asText());
    assertEquals(404, head(path).statusCode());
    assertEquals(List.of(), api.staged());
    assertEquals(
        1,
        api.registry.getSampleValue(
            "framewarden_uploads_refused_total",
            new String[] {"reason"},
            new String[] {"playlist"}));
  }

  /** A transport stream may begin with anything; its first packets are waited for. */
  @Test
  void whatIsNothingKnownIsRefusedOnceNoPacketCanFollow() throws Exception {
    String path = created(1_000_000);
    byte[] zeros = new byte[ContainerSignature.BYTES - 1];
    assertEquals(204, patch(path, 0, zeros).statusCode());
    HttpResponse<String> refused = patch(path, zeros.length, new byte[1]);
    assertEquals(415, refused.statusCode());
    assertEquals("NOT_A_VIDEO", json(refused).get("reason").asText());
  }

  @Test
  void aTerminatedUploadIsGone() throws Exception {
    String path = created(1000);
    assertEquals(204, patch(path, 0, video(500, 1)).statusCode());
    assertEquals(204, api.delete(path, "Tus-Resumable", "1.0.0").statusCode());
    assertEquals(404, head(path).statusCode());
    assertEquals(List.of(), api.staged());
    String other = created(1000);
    assertEquals(204, api.delete(other.replace("uploads", "videos")).statusCode());
    assertEquals(404, head(other).statusCode());
  }

  @Test
  void wholeContentThatCouldNotBeHandedInIsTriedAgain() throws Exception {
    broken.set(new IOException("no broker"));
    String path = created(1000);
    assertEquals(503, patch(path, 0, video(1000, 1)).statusCode());
    assertEquals(1000, offset(path));
    assertEquals(List.of(), api.published);
    api.close();
    broken.set(null);
    api = server(ApiServer.config(folder)); // sweeps at its start
    while (api.published.isEmpty()) {
      Thread.onSpinWait();
    }
    assertTrue(path.endsWith(api.published.get(0).getVideoId()));
  }

  @Test
  void anUploadThatLiesTooLongIsRemoved() throws Exception {
    String path = created(1000);
    String id = path.substring(path.lastIndexOf('/') + 1);
    assertTrue(head(path).headers().firstValue("Upload-Expires").orElseThrow().endsWith("GMT"));
    api.close();
    Files.setLastModifiedTime(
        folder.resolve("staging/" + id + ".data"),
        FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    api = server(ApiServer.config(folder));
    while (!api.staged().isEmpty()) {
      Thread.onSpinWait();
    }
    assertEquals(404, head(path).statusCode());
    assertEquals(0, api.metric("framewarden_resumable_uploads"));
  }

  @Test
  void theSameBytesAgainLeadToTheEarlierVideo() throws Exception {
    String id = json(api.post("/v1/videos", VIDEO)).get("id").asText();
    TusUploader uploader = client(new TusURLMemoryStore()).createUpload(upload());
    send(uploader, VIDEO.length);
    uploader.finish();
    assertEquals(id, json(api.get("/v1/videos/" + id(uploader))).get("id").asText());
    assertEquals(1, api.published.size());
  }

  @Test
  void anAnnouncedLengthCountsAgainstTheQuotaUntilTheUploadIsOver() throws Exception {
    api.close();
    api = server(ApiServer.config(folder, new AccessConfig(null, 0, 2500)));
    String path = created(1000);
    created(1000);
    assertEquals("quota-exceeded", problem(create(1000)));
    assertEquals("quota-exceeded", problem(api.post("/v1/videos", video(600, 1))));
    assertEquals(202, api.post("/v1/videos", video(400, 1)).statusCode());
    assertEquals(204, api.delete(path, "Tus-Resumable", "1.0.0").statusCode());
    assertEquals(201, create(1000).statusCode());
  }

  private ApiServer server(UploadApiConfig config) throws IOException {
    return new ApiServer(
        config,
        upload -> {
          if (broken.get() != null) {
            throw broken.get();
          }
        },
        true,
        Duration.ofSeconds(20));
  }

  private TusClient client(TusURLMemoryStore urls) throws IOException {
    TusClient client = new TusClient();
    client.setUploadCreationURL(api.uri("/v1/uploads").toURL());
    client.enableResuming(urls);
    return client;
  }

  private static TusUpload upload() {
    TusUpload upload = new TusUpload();
    upload.setInputStream(new ByteArrayInputStream(VIDEO));
    upload.setSize(VIDEO.length);
    upload.setFingerprint("clip");
    upload.setMetadata(Map.of("filename", "clip.mp4"));
    return upload;
  }

  /** Sends up to an offset, in chunks. */
  private static void send(TusUploader uploader, int end) throws Exception {
    uploader.setRequestPayloadSize(end);
    while (uploader.getOffset() < end) {
      uploader.setChunkSize((int) Math.min(64_000, end - uploader.getOffset()));
      assertTrue(uploader.uploadChunk() > 0);
    }
  }

  private static String id(TusUploader uploader) {
    String path = uploader.getUploadURL().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private HttpResponse<String> create(long length) throws Exception {
    return api.post(
        "/v1/uploads",
        new byte[0],
        "Tus-Resumable",
        "1.0.0",
        "Upload-Length",
        Long.toString(length));
  }

  private String created(long length) throws Exception {
    HttpResponse<String> answer = create(length);
    assertEquals(201, answer.statusCode(), answer.body());
    return URI.create(answer.headers().firstValue("Location").orElseThrow()).getPath();
  }

  private HttpResponse<String> patch(String path, long offset, byte[] part, String... more)
      throws Exception {
    List<String> headers =
        new ArrayList<>(
            List.of(
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                Long.toString(offset),
                "Content-Type",
                PART));
    headers.addAll(List.of(more));
    return api.send(
        "PATCH", path, BodyPublishers.ofByteArray(part), headers.toArray(String[]::new));
  }

  private HttpResponse<String> patchInChunks(String path, long offset, byte[] part)
      throws Exception {
    return api.send(
        "PATCH",
        path,
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(part)),
        "Tus-Resumable",
        "1.0.0",
        "Upload-Offset",
        Long.toString(offset),
        "Content-Type",
        PART);
  }

  private HttpResponse<String> head(String path) throws Exception {
    return api.send("HEAD", path, BodyPublishers.noBody(), "Tus-Resumable", "1.0.0");
  }

  private long offset(String path) throws Exception {
    return Long.parseLong(head(path).headers().firstValue("Upload-Offset").orElseThrow());
  }

  private static String sum(String algorithm, byte[] content) throws Exception {
    byte[] digest = MessageDigest.getInstance(algorithm).digest(content);
    return algorithm.replace("-", "").toLowerCase(Locale.ROOT)
        + " "
        + Base64.getEncoder().encodeToString(digest);
  }
}
