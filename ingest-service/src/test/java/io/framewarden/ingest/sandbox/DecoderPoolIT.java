package io.framewarden.ingest.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.ExtractionStage;
import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.extract.StageTimes;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.FaceDetectorKind;
import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FaceFrame;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real decoders on real files. */
@Timeout(240)
@EnabledOnOs(OS.LINUX)
class DecoderPoolIT {
  @TempDir Path folder;

  private final CollectorRegistry registry = new CollectorRegistry();

  @Test
  void facesAndResultsAreThoseOfThisProcessByteForByte() throws Exception {
    List<Path> files = new ArrayList<>();
    files.add(
        SyntheticVideo.drawnFaces(
            folder.resolve("two.mp4"), VideoFormat.mpeg4(), 640, 360, 25, 8, 2));
    files.add(
        SyntheticVideo.drawnFaces(
            folder.resolve("ffv1.mkv"),
            VideoFormat.lossless("yuv422p10le", false),
            320,
            240,
            10,
            2,
            1));
    files.add(SyntheticVideo.emptyRoom(folder.resolve("room.ts"), 320, 240, 10, 1));
    byte[] whole = Files.readAllBytes(files.get(1));
    files.add(Files.write(folder.resolve("cut.mkv"), Arrays.copyOf(whole, whole.length / 2)));
    files.add(Files.writeString(folder.resolve("text.mp4"), "not a video"));
    files.add(folder.resolve("missing.mp4"));
    try (DecoderPool pool = Sandboxes.pool(Sandboxes.patient(100), registry);
        FaceDetector detector = FaceDetectors.open(FaceDetectorConfig.defaults())) {
      FaceExtractor here =
          new FaceExtractor(detector, DecodeOptions.defaults(), SamplingPolicy.defaults());
      assertEquals(here.digest(), pool.digest());
      int faces = 0;
      for (Path file : files) {
        List<FaceFrame> expected = new ArrayList<>();
        List<FaceFrame> found = new ArrayList<>();
        ExtractionResult result = here.extract(file, "id", 7, expected::add);
        ExtractionResult child = pool.extract(file, "id", 7, found::add);
        assertEquals(result.marker().build(), child.marker().build(), file.toString());
        assertAlikeInKind(result.times(), child.times());
        assertEquals(expected, found);
        for (int i = 0; i < found.size(); i++) {
          assertEquals(expected.get(i).toByteString(), found.get(i).toByteString());
        }
        faces += found.size();
      }
      assertTrue(faces > RING_TURNS, "faces " + faces);
    }
  }

  /** The same stages, and what only a child is waited for. */
  private static void assertAlikeInKind(StageTimes here, StageTimes child) {
    Set<ExtractionStage> stages = EnumSet.of(ExtractionStage.DECODER_WAIT);
    stages.addAll(here.spent().keySet());
    assertEquals(stages, child.spent().keySet());
  }

  /** More faces than the shared memory holds. */
  private static final int RING_TURNS = 64;

  @Test
  void childrenAreConfined() throws Exception {
    try (DecoderPool pool = Sandboxes.pool(Sandboxes.patient(100), registry)) {
      Path room = SyntheticVideo.emptyRoom(folder.resolve("r.mp4"), 64, 48, 5, 1);
      assertFalse(pool.extract(room, "v", 1, face -> {}).isFailed());
      long pid = pool.pids().get(0);
      assertEquals(
          Set.of("PATH", "LC_ALL", "MALLOC_ARENA_MAX", "ORT_DISABLE_TELEMETRY", "PWD"),
          union(variables(pid), "PWD"));
      String limits = String.join("\n", Sandboxes.lines(pid, "limits"));
      assertTrue(limits.matches("(?s).*Max address space +4294967296 +4294967296 .*"), limits);
      assertTrue(limits.matches("(?s).*Max cpu time +3600 +3605 .*"), limits);
      assertTrue(limits.matches("(?s).*Max core file size +0 +0 .*"), limits);
      assertFalse(limits.matches("(?s).*Max open files +\\d{5,}.*"), limits);
      assertEquals(
          pool.weakness().contains("file size"), !limits.matches("(?s).*Max file size +0 +0 .*"));
      assertNothingOfOursIsOpen(pid);
      assertTrue(
          Sandboxes.lines(pid, "maps").stream()
              .noneMatch(
                  line -> line.contains("/framewarden-decoders-") && !line.endsWith("(deleted)")),
          "nothing of a child's own stays on the disk");
    }
  }

  @Test
  void whatAChildSeesIsOneVideo() throws Exception {
    Path file = SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 10, 2);
    try (DecoderPool pool = Sandboxes.pool(Sandboxes.patient(100), registry)) {
      assumeTrue(pool.weakness().isEmpty(), "this machine does not confine in every way");
      List<List<String>> seen = new ArrayList<>();
      pool.extract(file, "v", 1, face -> seen.add(videos(pool.pids().get(0))));
      assertEquals(List.of("f.mp4"), seen.get(0));
      assertEquals(List.of(), videos(pool.pids().get(0)));
      Path root = Path.of("/proc", Long.toString(pool.pids().get(0)), "root");
      assertFalse(Files.exists(root.resolve("etc/passwd")));
      assertFalse(Files.exists(root.resolve(file.toString().substring(1))));
      for (String line : List.of("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000")) {
        assertTrue(Sandboxes.lines(pool.pids().get(0), "status").contains(line), line);
      }
      // The filter that each starts under, and that which it gives itself.
      assertTrue(Sandboxes.lines(pool.pids().get(0), "status").contains("Seccomp_filters:\t2"));
    }
  }

  /** What is in the folder of a child's videos, as the child sees it. */
  private static List<String> videos(long pid) {
    Path root = Path.of("/proc", Long.toString(pid), "root");
    try (Stream<Path> all = Files.walk(root.resolve("tmp"))) {
      return all.filter(path -> path.getParent().endsWith("video"))
          .filter(path -> path.toString().contains("/framewarden-decoders-"))
          .map(path -> path.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whereConfinementIsRequiredNothingStartsWithoutIt() {
    SandboxConfig wanted = Sandboxes.patient(1);
    SandboxConfig strict =
        new SandboxConfig(
            wanted.mode(),
            ConfinementPolicy.REQUIRE,
            wanted.children(),
            wanted.videosPerChild(),
            wanted.memoryBytes(),
            wanted.cpu(),
            wanted.stall(),
            wanted.deadline(),
            wanted.deadlineFactor());
    String processor = System.setProperty("os.arch", "unheard-of");
    try {
      InvalidConfigurationException refused =
          assertThrows(
              InvalidConfigurationException.class, () -> Sandboxes.pool(strict, registry).close());
      assertTrue(refused.getMessage().contains(SandboxConfig.CONFINEMENT), refused.getMessage());
      assertTrue(refused.getMessage().contains("unheard-of"), refused.getMessage());
    } finally {
      System.setProperty("os.arch", processor);
    }
  }

  @Test
  void childrenHaveNoNetwork() throws Exception {
    try (DecoderPool pool = Sandboxes.pool(Sandboxes.patient(100), registry)) {
      assumeTrue(
          !pool.weakness().contains("network"), "this machine permits no network namespaces");
      pool.awaitReady();
      List<String> devices =
          Sandboxes.lines(pool.pids().get(0), "net/dev").stream().skip(2).toList();
      assertEquals(1, devices.size(), devices.toString());
      assertTrue(devices.get(0).strip().startsWith("lo:"), devices.toString());
      assertEquals(1, registry.getSampleValue("framewarden_decoder_network_isolated"));
    }
  }

  @Test
  void nothingGrowsOverFiftyVideosAndChildrenAreReplaced() throws Exception {
    Path file = SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 10, 1);
    Set<Long> pids = new TreeSet<>();
    long self = ProcessHandle.current().pid();
    try (DecoderPool pool = Sandboxes.pool(Sandboxes.patient(20), registry)) {
      long descriptors = 0;
      long threads = 0;
      long childDescriptors = 0;
      long childThreads = 0;
      for (int i = 1; i <= 55; i++) {
        assertEquals(10, pool.extract(file, "v", i, face -> {}).faceFrames());
        pool.awaitReady();
        pids.addAll(pool.pids());
        if (i == 5) {
          descriptors = Sandboxes.count(self, "fd");
          threads = Sandboxes.count(self, "task");
        }
        if (i == 45) {
          childDescriptors = Sandboxes.count(pool.pids().get(0), "fd");
          childThreads = Sandboxes.count(pool.pids().get(0), "task");
        }
      }
      assertEquals(3, pids.size(), "children " + pids);
      assertEquals(2, Sandboxes.restarts(registry, ExitCause.RECYCLED));
      assertTrue(Sandboxes.count(self, "fd") <= descriptors + 2, "descriptors");
      assertTrue(Sandboxes.count(self, "task") <= threads + 2, "threads");
      long last = pool.pids().get(0);
      assertTrue(Sandboxes.count(last, "fd") <= childDescriptors + 1, "a child's descriptors");
      assertTrue(Sandboxes.count(last, "task") <= childThreads + 1, "a child's threads");
    }
    pids.forEach(Sandboxes::awaitEnd);
  }

  @Test
  void anInterruptKillsTheChildAndTheNextVideoGetsAnother() throws Exception {
    Path file = SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 10, 4);
    try (DecoderPool pool = Sandboxes.pool(Sandboxes.patient(100), registry)) {
      pool.awaitReady();
      long first = pool.pids().get(0);
      assertThrows(
          CancellationException.class,
          () -> pool.extract(file, "v", 1, face -> Thread.currentThread().interrupt()));
      assertTrue(Thread.interrupted());
      Sandboxes.awaitEnd(first);
      assertEquals(32, pool.extract(file, "v", 2, face -> {}).faceFrames());
      assertNotEquals(first, pool.pids().get(0));
      assertEquals(1, Sandboxes.restarts(registry, ExitCause.CANCELLED));
    }
  }

  @Test
  void aDetectorThatCannotBeOpenedIsAnErrorOfConfiguration() {
    FaceDetectorConfig missing =
        FaceDetectorConfig.of(FaceDetectorKind.YUNET, folder.resolve("none.onnx"));
    try (DecoderPool pool =
        new DecoderPool(
            Sandboxes.patient(1), 1, ExtractionConfig.defaults().withDetector(missing), registry)) {
      InvalidConfigurationException refused =
          assertThrows(InvalidConfigurationException.class, pool::awaitReady);
      assertTrue(refused.getMessage().contains("none.onnx"), refused.getMessage());
      assertFalse(refused.getMessage().contains("Exception"), refused.getMessage());
    }
  }

  /** Java's own files, pipes to us, and the half of a pair of sockets that Java closes files by. */
  private static void assertNothingOfOursIsOpen(long pid) throws Exception {
    List<String> open = Sandboxes.open(pid);
    List<String> ours = Sandboxes.open(ProcessHandle.current().pid());
    assertTrue(open.size() > 3, open.toString());
    for (String file : open) {
      boolean socket = file.startsWith("socket:");
      assertTrue(
          socket
              || file.matches(
                  "pipe:.*|.*\\.jar|.*/modules|(/r)?/dev/u?random|(/r)?/proc/\\d+/statm"),
          file);
      assertFalse(socket && ours.contains(file), "a socket of the service: " + file);
    }
  }

  private static Set<String> variables(long pid) throws Exception {
    String environment = Files.readString(Path.of("/proc", Long.toString(pid), "environ"));
    return Arrays.stream(environment.split("\0"))
        .map(variable -> variable.replaceAll("=.*", ""))
        .collect(Collectors.toSet());
  }

  private static Set<String> union(Set<String> names, String name) {
    Set<String> all = new TreeSet<>(names);
    all.add(name);
    return all;
  }
}
