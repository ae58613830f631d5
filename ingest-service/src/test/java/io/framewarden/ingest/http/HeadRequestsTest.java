package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.access.Role;
import io.framewarden.ingest.access.TokenFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HEAD is GET without the body, on every path of the API and whatever GET is answered. */
@Timeout(60)
@Tag("slow")
class HeadRequestsTest {
  private static final String[] NOBODY = {};

  @TempDir Path folder;
  private String[] uploader;
  private ApiServer api;

  @BeforeEach
  void listen() throws Exception {
    TokenFile tokens = new TokenFile(folder.resolve("tokens.json"));
    uploader = new String[] {"Authorization", "Bearer " + tokens.create("site", Role.UPLOADER)};
    api = new ApiServer(ApiServer.config(folder, new AccessConfig(tokens.path(), 0, 0)));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void everyStatusOfAVideoIsThatOfGet() throws Exception {
    String id = json(api.post("/v1/videos", video(1000, 1), uploader)).get("id").asText();
    assertEquals(200, same("/v1/videos/" + id, uploader));
    assertEquals(401, same("/v1/videos/" + id, NOBODY));
    assertEquals(404, same("/v1/videos/none", uploader));
    api.delete("/v1/videos/" + id, uploader);
    assertEquals(410, same("/v1/videos/" + id, uploader));
    api.ready = false;
    assertEquals(503, same("/v1/videos/" + id, uploader));
  }

  @Test
  void everyPathThatIsReadHasHead() throws Exception {
    JsonNode document = json(api.get("/openapi.json"));
    Set<Integer> seen = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      if (path.getValue().has("get")) {
        seen.add(same(path.getKey().replace("{id}", "none"), uploader));
        seen.add(same(path.getKey().replace("{id}", "none"), NOBODY));
      }
    }
    assertEquals(Set.of(200, 401, 404), seen);
    assertEquals(200, same("/healthz", NOBODY));
    assertEquals(200, same("/readyz", NOBODY));
    assertEquals(404, same("/v2", NOBODY));
    assertEquals(405, same("/v1/videos:fromUri", uploader));
  }

  @Test
  void aResumableUploadKeepsTheHeadOfItsProtocol() throws Exception {
    HttpResponse<String> created =
        api.post(
            "/v1/uploads",
            new byte[0],
            uploader[0],
            uploader[1],
            "Tus-Resumable",
            "1.0.0",
            "Upload-Length",
            "1000");
    String path = created.headers().firstValue("Location").orElseThrow();
    HttpResponse<String> head = head(path, uploader[0], uploader[1], "Tus-Resumable", "1.0.0");
    assertEquals(200, head.statusCode());
    assertEquals("0", head.headers().firstValue("Upload-Offset").orElseThrow());
    assertEquals(200, same(path.replace("uploads", "videos"), uploader));
  }

  /** The status of both. */
  private int same(String path, String... headers) throws Exception {
    HttpResponse<String> get = api.get(path, headers);
    HttpResponse<String> head = head(path, headers);
    assertEquals(get.statusCode(), head.statusCode(), path);
    assertEquals("", head.body(), path);
    for (String name :
        Set.of("Content-Type", "Content-Length", "WWW-Authenticate", "Retry-After", "Allow")) {
      assertEquals(get.headers().firstValue(name), head.headers().firstValue(name), path + name);
    }
    return head.statusCode();
  }

  private HttpResponse<String> head(String path, String... headers) throws Exception {
    return api.send("HEAD", path, BodyPublishers.noBody(), headers);
  }
}
