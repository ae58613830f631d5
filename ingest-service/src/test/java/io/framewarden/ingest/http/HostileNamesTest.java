package io.framewarden.ingest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.framewarden.ingest.fetch.FetchConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names that uploaders give, by each way in over HTTP: what of them reaches the topic. */
@Timeout(60)
class HostileNamesTest {
  private static final String EVIL = "../a\r\nX-Evil: 1\0\u001b[2J\u009b31m\u202e\u2028b.mp4";
  private static final String LEFT = "aX-Evil: 1[2J31mb.mp4";

  /** Longer than a name may be, with an end of its own. */
  private static final String LONG = "n".repeat(300) + ".mp4";

  @TempDir Path folder;
  private Path allowed;
  private ApiServer api;
  private int content;

  @BeforeEach
  void listen() throws IOException {
    allowed = Files.createDirectory(folder.resolve("allowed"));
    UploadApiConfig plain = ApiServer.config(folder);
    api =
        new ApiServer(
            new UploadApiConfig(
                plain.access(),
                plain.staging(),
                new FetchConfig(
                    List.of(allowed.toUri()), Duration.ofSeconds(20), plain.fetch().s3()),
                plain.maxBytes(),
                plain.uploadsAtOnce(),
                plain.pace()));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void ofAWholeUpload() throws Exception {
    String path = "/v1/videos?name=";
    assertTaken(LEFT, api.post(path + encoded(EVIL), video()));
    assertTaken("\ufffdb.mp4", api.post(path + "%FFb.mp4", video()));
    assertTaken("", api.post(path + encoded("\0\u001b/.."), video()));
    assertMalformed(api.post(path + encoded(LONG), video()));
  }

  @Test
  void ofAnUploadInParts() throws Exception {
    assertEquals(LEFT, nameOfParts(EVIL.getBytes(StandardCharsets.UTF_8)));
    assertEquals("\ufffdb.mp4", nameOfParts(new byte[] {(byte) 0xff, 'b', '.', 'm', 'p', '4'}));
    assertMalformed(create(LONG.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void ofAFetchedFile() throws Exception {
    assertTaken(LEFT, fetch(Files.write(allowed.resolve("f.mp4"), video()).toUri(), EVIL));
    assertMalformed(fetch(Files.write(allowed.resolve("g.mp4"), video()).toUri(), LONG));
    Path odd = Files.write(allowed.resolve("a\r\nX-Evil: 1\u001b[2J.mp4"), video());
    assertTaken("a%0D%0AX-Evil:%201%1B%5B2J.mp4", fetch(odd.toUri(), null));
  }

  /** A URI may be long without being refused for a name that nobody gave. */
  @Test
  void ofAFileThatIsFarDown() throws Exception {
    Path down = allowed;
    for (int depth = 0; depth < 4; depth++) {
      down = Files.createDirectory(down.resolve("d".repeat(100)));
    }
    Path file = Files.write(down.resolve("n".repeat(100) + ".mp4"), video());
    assertTaken("n".repeat(100) + ".mp4", fetch(file.toUri(), null));
  }

  /** Other bytes each time: the same would be the video before. */
  private byte[] video() {
    return ApiServer.video(1000, content++);
  }

  private String nameOfParts(byte[] name) throws Exception {
    HttpResponse<String> created = create(name);
    assertEquals(201, created.statusCode(), created.body());
    HttpResponse<String> whole =
        api.send(
            "PATCH",
            created.headers().firstValue("Location").orElseThrow(),
            BodyPublishers.ofByteArray(video()),
            "Tus-Resumable",
            "1.0.0",
            "Upload-Offset",
            "0",
            "Content-Type",
            "application/offset+octet-stream");
    assertEquals(204, whole.statusCode(), whole.body());
    return api.published.get(api.published.size() - 1).getFileName();
  }

  private HttpResponse<String> create(byte[] name) throws Exception {
    return api.send(
        "POST",
        "/v1/uploads",
        BodyPublishers.noBody(),
        "Tus-Resumable",
        "1.0.0",
        "Upload-Length",
        "1000",
        "Upload-Metadata",
        "filename " + Base64.getEncoder().encodeToString(name));
  }

  private HttpResponse<String> fetch(URI uri, String name) throws Exception {
    String body =
        name == null
            ? JsonNodeFactory.instance.objectNode().put("uri", uri.toString()).toString()
            : JsonNodeFactory.instance
                .objectNode()
                .put("uri", uri.toString())
                .put("name", name)
                .toString();
    return api.postJson("/v1/videos:fromUri", body);
  }

  private void assertTaken(String name, HttpResponse<String> answer) throws IOException {
    assertEquals(202, answer.statusCode(), answer.body());
    assertEquals(name, api.published.get(api.published.size() - 1).getFileName());
    assertEquals(name, ApiServer.json(answer).at("/upload/fileName").asText());
    assertFalse(answer.headers().map().containsKey("x-evil"));
    assertTrue(answer.body().chars().noneMatch(Character::isISOControl), answer.body());
  }

  private static void assertMalformed(HttpResponse<String> answer) throws IOException {
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals("malformed-request", ApiServer.problem(answer));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
