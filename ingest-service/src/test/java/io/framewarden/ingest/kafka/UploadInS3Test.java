package io.framewarden.ingest.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.ingest.submission.UploadLimits;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.runtime.store.factory.ObjectStores;
import io.framewarden.testkit.s3.S3TestServer;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Uploads that are taken into S3 and extracted from there, on a real server. */
@Tag("slow")
class UploadInS3Test {
  @RegisterExtension final S3TestServer server = new S3TestServer();
  @TempDir Path folder;
  private final FaceDetector detector = FaceDetectors.open(FaceDetectorConfig.defaults());
  private ObjectStore store;

  @BeforeEach
  void open() throws Exception {
    store = ObjectStores.open(StoreConfig.from(new Settings(server.variables(Map.of()))));
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    detector.close();
  }

  @Test
  void givesTheFacesThatAFolderGivesAndLeavesNoCopy() throws Exception {
    Path video = SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 10, 1);
    VideoUpload upload = upload(store, video);
    assertEquals(
        "s3://bucket-of-tests/prefix/uploads/" + upload.getVideoId(), upload.getSourceUri());
    List<FaceFrame> faces = new ArrayList<>();
    VideoMarker marker = extraction(store).run(upload, faces::add);
    assertEquals(10, marker.getFaceFrames());
    List<FaceFrame> fromFolder = new ArrayList<>();
    try (ObjectStore files = new FileObjectStore(folder.resolve("objects"))) {
      extraction(files).run(upload(files, video), fromFolder::add);
    }
    assertEquals(
        fromFolder.stream().map(FaceFrame::getPixels).toList(),
        faces.stream().map(FaceFrame::getPixels).toList());
    assertNoCopyIsLeft();
  }

  @Test
  void whatWasReplacedInTheBucketIsNotDecoded() throws Exception {
    VideoUpload upload =
        upload(store, SyntheticVideo.emptyRoom(folder.resolve("e.mp4"), 64, 48, 5, 1));
    String key = "prefix/uploads/" + upload.getVideoId();
    for (long bytes : new long[] {upload.getSizeBytes(), upload.getSizeBytes() + 1}) {
      server
          .client()
          .putObject(
              put -> put.bucket(S3TestServer.BUCKET).key(key),
              RequestBody.fromBytes(new byte[(int) bytes]));
      assertEquals(FailureReason.SOURCE_MISMATCH, failure(upload));
    }
    store.delete(URI.create(upload.getSourceUri()));
    assertEquals(FailureReason.SOURCE_MISSING, failure(upload));
    assertNoCopyIsLeft();
  }

  @Test
  void oneThatIsToldToStopSaysNothingOfTheUpload() throws Exception {
    VideoUpload upload =
        upload(store, SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 5, 1));
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> failure(upload));
    assertTrue(Thread.interrupted(), "whoever runs it sees it, too");
    assertEquals(5, extraction(store).run(upload, face -> {}).getFaceFrames());
    assertNoCopyIsLeft();
  }

  @Test
  void aVideoWaitsForRoomOnTheDisk() throws Exception {
    VideoUpload upload =
        upload(store, SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 5, 1));
    try (ObjectStore full =
        ObjectStores.open(
            StoreConfig.from(
                new Settings(server.variables(Map.of(StoreConfig.MIN_FREE_MB, "1048576")))))) {
      AtomicInteger tries = new AtomicInteger();
      ObjectStore tight =
          intercepted(call -> call.equals("local") && tries.incrementAndGet() < 20 ? full : store);
      VideoMarker marker = patient(tight).run(upload, face -> {});
      assertEquals(5, marker.getFaceFrames());
      assertEquals(20, tries.get());
      assertEquals(
          FailureReason.SOURCE_MISSING,
          patient(full).run(upload, face -> {}).getFailure(),
          "not for ever");
    }
  }

  @Test
  void anOutageOfTheStoreIsWaitedForHoweverLong() throws Exception {
    VideoUpload upload =
        upload(store, SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 5, 1));
    AtomicInteger calls = new AtomicInteger();
    ObjectStore down =
        intercepted(
            call -> {
              if (!call.equals("uri") && calls.incrementAndGet() < 500) {
                throw new IOException("connection refused");
              }
              return store;
            });
    assertEquals(5, patient(down).run(upload, face -> {}).getFaceFrames());
    assertTrue(calls.get() >= 500);
  }

  @Test
  void anObjectThatTheStoreNeverGivesOutIsMissing() throws Exception {
    VideoUpload upload =
        upload(store, SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 5, 1));
    AtomicInteger calls = new AtomicInteger();
    ObjectStore sick =
        intercepted(
            call -> {
              if (call.equals("local")) {
                calls.incrementAndGet();
                throw new IOException("input/output error");
              }
              return store;
            });
    assertEquals(FailureReason.SOURCE_MISSING, patient(sick).run(upload, face -> {}).getFailure());
    assertTrue(calls.get() > 1, "it was tried again");
  }

  private interface Interception {
    ObjectStore storeFor(String call) throws IOException;
  }

  private static ObjectStore intercepted(Interception interception) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(interception.storeFor(method.getName()), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Without pauses. */
  private UploadExtraction patient(ObjectStore from) {
    return new UploadExtraction(
        from,
        new FaceExtractor(detector, DecodeOptions.defaults(), SamplingPolicy.defaults()),
        Duration.ZERO);
  }

  @Test
  void otherBucketsPathsAndFilesAreNotOpened() throws Exception {
    server.client().createBucket(bucket -> bucket.bucket("another-bucket"));
    for (String key : new String[] {"prefix/uploads/v", "uploads/v"}) {
      for (String bucket : new String[] {S3TestServer.BUCKET, "another-bucket"}) {
        server
            .client()
            .putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("secret"));
      }
    }
    for (String uri :
        List.of(
            "s3://another-bucket/prefix/uploads/v",
            "s3://bucket-of-tests/uploads/v",
            "s3://bucket-of-tests/prefix/../uploads/v",
            "s3://bucket-of-tests/prefix/%2e%2e/uploads/v",
            "file:///etc/passwd")) {
      VideoUpload upload = VideoUpload.newBuilder().setVideoId("v").setSourceUri(uri).build();
      assertEquals(FailureReason.SOURCE_MISSING, failure(upload), uri);
    }
  }

  private FailureReason failure(VideoUpload upload) {
    return extraction(store)
        .run(upload, face -> assertTrue(false, "no face is expected"))
        .getFailure();
  }

  private UploadExtraction extraction(ObjectStore from) {
    return new UploadExtraction(
        from, new FaceExtractor(detector, DecodeOptions.defaults(), SamplingPolicy.defaults()));
  }

  private static VideoUpload upload(ObjectStore into, Path video) throws Exception {
    try (InputStream content = Files.newInputStream(video)) {
      return new UploadService(into, upload -> {}, UploadLimits.defaults(), new CollectorRegistry())
          .accept("f.mp4", "test", content);
    }
  }

  private void assertNoCopyIsLeft() throws Exception {
    try (Stream<Path> files = Files.walk(server.work())) {
      assertEquals(
          List.of(),
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().equals("lock"))
              .toList());
    }
  }
}
