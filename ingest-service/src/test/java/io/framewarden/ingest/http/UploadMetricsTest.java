package io.framewarden.ingest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.PrometheusText;
import io.framewarden.v1.VideoMarker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What /metrics says of uploads, as a strict reader of the text format reads it. */
final class UploadMetricsTest {
  @TempDir Path folder;

  @Test
  void everyStageOfAnUploadIsTold() throws Exception {
    try (ApiServer server = new ApiServer(ApiServer.config(folder))) {
      byte[] video = ApiServer.video(100_000, 1);
      assertEquals(202, server.post("/v1/videos", video).statusCode());
      assertEquals(202, server.post("/v1/videos", video).statusCode(), "known");
      assertEquals(
          415,
          server.post("/v1/videos", "#EXTM3U".getBytes(StandardCharsets.US_ASCII)).statusCode());
      Map<String, Double> told = metrics(server);
      for (String stage : new String[] {"receive", "store", "announce"}) {
        String count = "framewarden_upload_stage_seconds_count{stage=\"" + stage + "\"}";
        assertEquals(1.0, told.get(count), count);
      }
      assertEquals(1.0, told.get("framewarden_uploads_total"));
      assertEquals(1.0, told.get("framewarden_uploads_deduplicated_total"));
      assertEquals(100_000.0, told.get("framewarden_upload_bytes_total"));
      assertEquals(200_007.0, told.get("framewarden_http_received_bytes_total"));
      assertEquals(1.0, told.get("framewarden_http_problems_total{type=\"refused-content\"}"));
      assertTrue(told.get("framewarden_disk_free_bytes{disk=\"store\"}") > 0);
      assertTrue(told.get("framewarden_disk_free_bytes{disk=\"staging\"}") > 0);
      assertEquals(1.0, told.get("framewarden_videos_waiting"));
      String id = server.published.get(0).getVideoId();
      server.videos.extracted(VideoMarker.newBuilder().setVideoId(id).setAttempt(1).build());
      assertEquals(0.0, metrics(server).get("framewarden_videos_waiting"));
    }
  }

  private static Map<String, Double> metrics(ApiServer server) throws Exception {
    return PrometheusText.parse(server.get("/metrics").body());
  }
}
