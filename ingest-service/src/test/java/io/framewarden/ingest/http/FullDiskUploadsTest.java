package io.framewarden.ingest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.testkit.SmallDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uploads to a real small file system. */
final class FullDiskUploadsTest {
  private static final int RESERVE_BYTES = 1 << 20;

  @RegisterExtension final SmallDisk small = new SmallDisk();

  @Test
  void newUploadsAreRefusedUntilThereIsRoomAgain() throws Exception {
    Path disk = small.path();
    try (ObjectStore store =
            new FileObjectStore(disk.resolve("store"), RESERVE_BYTES, Duration.ofDays(1));
        ApiServer server = server(store)) {
      Path other = disk.resolve("other");
      Files.write(other, new byte[SmallDisk.BYTES - RESERVE_BYTES - (1 << 18)]);
      byte[] video = ApiServer.video(1 << 19, 1);
      assertFull(server.post("/v1/videos", video));
      assertFull(unannounced(server, ApiServer.video(4 << 20, 2)));
      assertEquals(
          "ok: uploads of more than 0 MB are refused: the disk of the object store has no more"
              + " room\n",
          server.get("/readyz").body(),
          "a smaller one would find room");
      Files.write(disk.resolve("another"), new byte[1 << 18]);
      assertEquals(
          "ok: uploads are refused: the disk of the object store is full\n",
          server.get("/readyz").body());
      assertFull(server.post("/v1/videos", ApiServer.video(1000, 3)));
      assertFull(create(server, 3 << 20));
      assertEquals(4, server.problems("storage-full"));
      assertEquals(0, free(server, "store"));
      assertEquals(List.of(), server.stored());

      Files.delete(other);
      assertEquals(202, server.post("/v1/videos", video).statusCode());
      assertTrue(server.get("/readyz").body().startsWith("ok: uploads of more than 2 MB"));
      assertEquals(201, create(server, 1 << 20).statusCode());
      assertTrue(free(server, "store") > 0);
      assertTrue(free(server, "staging") > free(server, "store"));
    }
  }

  private ApiServer server(ObjectStore store) throws IOException {
    return new ApiServer(
        ApiServer.config(small.path()), store, upload -> {}, true, Duration.ofSeconds(20));
  }

  private static HttpResponse<String> unannounced(ApiServer server, byte[] video) throws Exception {
    return server.send(
        "POST", "/v1/videos", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(video)));
  }

  private static HttpResponse<String> create(ApiServer server, int length) throws Exception {
    return server.send(
        "POST",
        "/v1/uploads",
        BodyPublishers.noBody(),
        "Tus-Resumable",
        "1.0.0",
        "Upload-Length",
        Integer.toString(length));
  }

  private static void assertFull(HttpResponse<String> answer) throws IOException {
    assertEquals(507, answer.statusCode(), answer.body());
    assertEquals("storage-full", ApiServer.problem(answer));
  }

  private static double free(ApiServer server, String which) {
    return server.registry.getSampleValue(
        "framewarden_disk_free_bytes", new String[] {"disk"}, new String[] {which});
  }
}
