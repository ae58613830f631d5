package io.framewarden.ingest.submission;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadServiceTest {
  @TempDir Path folder;

  private final List<VideoUpload> published = new ArrayList<>();
  private final CollectorRegistry registry = new CollectorRegistry();
  private FileObjectStore store;
  private byte[] video;

  @BeforeEach
  void makeVideo() throws IOException {
    store = new FileObjectStore(folder.resolve("store"));
    video = Files.readAllBytes(SyntheticVideo.emptyRoom(folder.resolve("v.mp4"), 64, 48, 5, 1));
  }

  @Test
  void storesAndPublishesAVideo() throws Exception {
    VideoUpload upload = accept(intake(published::add, 1 << 20), video);
    assertEquals(List.of(upload), published);
    assertArrayEquals(video, store.open(URI.create(upload.getSourceUri())).readAllBytes());
    assertEquals(Sha256.of(video), upload.getContentSha256());
    assertEquals(video.length, upload.getSizeBytes());
    assertTrue(upload.getVideoId().matches("[0-9a-f-]{36}"), upload.getVideoId());
    assertEquals(1, registry.getSampleValue("framewarden_uploads_total"));
    assertEquals(video.length, registry.getSampleValue("framewarden_upload_bytes_total"));
  }

  @Test
  void refusesWhatIsNoVideoAndKeepsNothing() throws Exception {
    UploadService intake = intake(published::add, 1 << 20);
    assertEquals(FailureReason.EMPTY_INPUT, refusal(intake, new byte[0]));
    assertEquals(FailureReason.NOT_A_VIDEO, refusal(intake, latin("just some text")));
    assertEquals(FailureReason.STILL_IMAGE, refusal(intake, latin("\u0089PNG\r\n\u001a\n....")));
    assertEquals(FailureReason.STILL_IMAGE, refusal(intake, latin("\u00ff\u00d8\u00ff\u00e0")));
    assertEquals(FailureReason.STILL_IMAGE, refusal(intake, latin("\0\0\0 ftypheic....")));
    assertEquals(FailureReason.STILL_IMAGE, refusal(intake, latin("<svg xmlns='x'/>")));
    assertEquals(FailureReason.PLAYLIST, refusal(intake, latin("#EXTM3U\n/etc/passwd\n")));
    assertEquals(FailureReason.PLAYLIST, refusal(intake, latin("ffconcat version 1.0\n")));
    assertEquals(FailureReason.PLAYLIST, refusal(intake, latin("v=0\no=- 0 0 IN IP4 x\n")));
    assertEquals(FailureReason.PLAYLIST, refusal(intake, latin("<?xml?>\n<MPD type='x'/>")));
    assertEquals(FailureReason.UNSUPPORTED_CONTAINER, refusal(intake, latin("OggS....")));
    assertEquals(FailureReason.TOO_LARGE, refusal(intake(published::add, 100), video));
    assertEquals(0, stored());
    assertTrue(published.isEmpty());
  }

  @Test
  void deletesTheContentWhenPublishingFails() throws Exception {
    UploadService intake =
        intake(
            upload -> {
              throw new IOException("no broker");
            },
            1 << 20);
    assertThrows(IOException.class, () -> accept(intake, video));
    assertEquals(0, stored());
    assertEquals(0, registry.getSampleValue("framewarden_uploads_total"));
  }

  private UploadService intake(UploadSink sink, long limit) {
    registry.clear();
    return new UploadService(store, sink, new UploadLimits(limit), registry);
  }

  private VideoUpload accept(UploadService intake, byte[] content) throws Exception {
    return intake.accept("v.mp4", "test", new ByteArrayInputStream(content));
  }

  private FailureReason refusal(UploadService intake, byte[] content) {
    return assertThrows(UploadRefusedException.class, () -> accept(intake, content)).reason();
  }

  /** Files of the store, the locks of its work folders aside. */
  private long stored() throws IOException {
    try (Stream<Path> walk = Files.walk(folder.resolve("store"))) {
      return walk.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).count();
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
