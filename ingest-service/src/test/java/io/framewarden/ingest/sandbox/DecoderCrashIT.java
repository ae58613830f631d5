package io.framewarden.ingest.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.extract.ExtractionStage;
import io.framewarden.extraction.extract.StageTimes;
import io.framewarden.ingest.kafka.UploadExtraction;
import io.framewarden.runtime.process.Confinement;
import io.framewarden.runtime.process.ProcessLimits;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Decoders killed and stopped in the middle of a video; a real upload from its store. */
@Timeout(240)
@EnabledOnOs(OS.LINUX)
class DecoderCrashIT {
  private static final int FACES = 32;

  @TempDir static Path videos;
  private static Path video;

  @TempDir Path folder;

  private final CollectorRegistry registry = new CollectorRegistry();
  private final List<FaceFrame> published = new ArrayList<>();
  private final AtomicReference<StageTimes> spent = new AtomicReference<>();
  private FileObjectStore store;
  private VideoUpload upload;

  /** Long and large enough to be far from its end when its first faces are out. */
  @BeforeAll
  static void makeAVideo() throws IOException {
    video = SyntheticVideo.drawnFace(videos.resolve("f.mp4"), 960, 540, 20, 8);
  }

  @BeforeEach
  void storeIt() throws IOException {
    store = new FileObjectStore(folder.resolve("store"));
    try (InputStream in = Files.newInputStream(video)) {
      ObjectStore.Stored object = store.put("uploads/v1", in, 1 << 30);
      upload =
          VideoUpload.newBuilder()
              .setVideoId("v1")
              .setSourceUri(object.uri().toString())
              .setContentSha256(object.sha256())
              .setSizeBytes(object.bytes())
              .build();
    }
  }

  @Test
  void aKilledChildsVideoIsExtractedAgainAsAHigherAttempt() throws Exception {
    VideoMarker marker = run("-KILL", Sandboxes.patient(100), face -> published.size() == 5);
    assertComplete(marker);
    long first = published.get(0).getAttempt();
    assertTrue(marker.getAttempt() > first);
    long lost = published.stream().filter(face -> face.getAttempt() == first).count();
    assertTrue(lost >= 5 && lost < FACES, "faces of the broken attempt: " + lost);
    assertEquals(1, Sandboxes.restarts(registry, ExitCause.KILLED));
    assertEquals(EnumSet.allOf(ExtractionStage.class), spent.get().spent().keySet());
  }

  @Test
  void aVideoThatKillsTwiceIsMarkedAndTheNextOneIsExtracted() throws Exception {
    VideoMarker marker = run("-ABRT", Sandboxes.patient(100), face -> face.getSeq() == 3);
    assertEquals(FailureReason.DECODER_CRASHED, marker.getFailure());
    assertEquals(0, marker.getFaceFrames());
    assertFalse(marker.getFailureMessage().isEmpty());
    assertEquals(
        EnumSet.of(ExtractionStage.FETCH, ExtractionStage.DECODER_WAIT),
        spent.get().spent().keySet());
    assertEquals(2, Sandboxes.restarts(registry, ExitCause.CRASHED));
    published.clear();
    assertComplete(run("-KILL", Sandboxes.patient(100), face -> false));
  }

  @Test
  void aVideoWhoseDecodersAreKilledFromOutsideIsNotToBlame() throws Exception {
    VideoMarker marker = run("-KILL", Sandboxes.patient(100), face -> face.getSeq() == 3);
    assertEquals(FailureReason.DECODER_INTERRUPTED, marker.getFailure());
    assertTrue(marker.getFailureMessage().contains("killed"), marker.getFailureMessage());
    assertEquals(2, Sandboxes.restarts(registry, ExitCause.KILLED));
  }

  @Test
  void oneCrashIsNotEnoughToBlameAVideo() throws Exception {
    AtomicInteger broken = new AtomicInteger();
    Supplier<String> killedThenCrashed = () -> broken.getAndIncrement() == 0 ? "-KILL" : "-ABRT";
    VideoMarker marker = run(killedThenCrashed, Sandboxes.patient(100), face -> face.getSeq() == 3);
    assertEquals(FailureReason.DECODER_INTERRUPTED, marker.getFailure());
    assertEquals(1, Sandboxes.restarts(registry, ExitCause.KILLED));
    assertEquals(1, Sandboxes.restarts(registry, ExitCause.CRASHED));
  }

  @Test
  void aStoppedChildIsKilledWhenItStalls() throws Exception {
    SandboxConfig hasty = Sandboxes.config(100, Duration.ofSeconds(3), Duration.ofSeconds(60));
    VideoMarker marker = run("-STOP", hasty, face -> published.size() == 5);
    assertComplete(marker);
    assertEquals(1, Sandboxes.restarts(registry, ExitCause.IDLE));
  }

  @Test
  void childrenEndWithTheirParent() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PoolParent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      // Waiting must cost nothing: the children's starts need the processors.
      String line = parent.inputReader().readLine();
      assertNotNull(line, "the parent ended");
      List<ProcessHandle> children =
          Stream.of(line.split(" "))
              .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
              .toList();
      assertEquals(2, children.size());
      if (stoppedOnesEndToo()) {
        Sandboxes.signal("-STOP", children.get(0).pid());
      }
      parent.destroyForcibly().waitFor();
      for (ProcessHandle child : children) {
        child.onExit().get(30, TimeUnit.SECONDS);
      }
    } finally {
      parent.destroyForcibly();
    }
  }

  /** That needs a tool of the machine; what the machine lacks is told. */
  private static boolean stoppedOnesEndToo() {
    return Confinement.probe(new ProcessLimits(1L << 30, Duration.ofMinutes(1), 64))
        .missing()
        .stream()
        .noneMatch(what -> what.contains("stopped"));
  }

  /** Extracts the upload; sends the signal to the child whenever {@code when} says so. */
  private VideoMarker run(String signal, SandboxConfig config, Predicate<FaceFrame> when) {
    return run(() -> signal, config, when);
  }

  private VideoMarker run(
      Supplier<String> signal, SandboxConfig config, Predicate<FaceFrame> when) {
    registry.clear();
    try (DecoderPool pool = Sandboxes.pool(config, registry)) {
      return new UploadExtraction(store, pool)
          .run(
              upload,
              face -> {
                published.add(face);
                if (when.test(face)) {
                  send(signal.get(), pool.pids().get(0));
                }
              },
              spent::set);
    }
  }

  private static void send(String signal, long pid) {
    try {
      Sandboxes.signal(signal, pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The marker's books: exactly its own attempt's frames, each once. */
  private void assertComplete(VideoMarker marker) {
    assertEquals(
        FailureReason.FAILURE_REASON_UNSPECIFIED, marker.getFailure(), marker.getFailureMessage());
    assertEquals(FACES, marker.getFaceFrames());
    assertEquals(
        IntStream.range(0, FACES).boxed().toList(),
        published.stream()
            .filter(face -> face.getAttempt() == marker.getAttempt())
            .map(FaceFrame::getSeq)
            .toList());
  }
}
