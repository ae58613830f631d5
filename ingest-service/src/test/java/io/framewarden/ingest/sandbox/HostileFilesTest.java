package io.framewarden.ingest.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.ffmpeg.ContainerSignature;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.testkit.hostile.Canary;
import io.framewarden.testkit.hostile.HostileFile;
import io.framewarden.testkit.hostile.HostileFiles;
import io.framewarden.v1.FailureReason;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The malicious set, without a sandbox: what is not opened here needs no walls around it. */
@EnabledOnOs(OS.LINUX) // the canary is a FIFO
@Tag("slow")
final class HostileFilesTest {
  @TempDir static Path folder;
  private static FaceDetector detector;
  private static Canary canary;
  private static List<HostileFile> files = List.of();

  @BeforeAll
  static void make() throws Exception {
    detector = FaceDetectors.open(FaceDetectorConfig.defaults());
    canary = new Canary(folder.resolve("canary.mp4"));
    files = HostileFiles.write(Files.createDirectory(folder.resolve("set")), canary);
  }

  @AfterAll
  static void close() throws Exception {
    canary.close();
    detector.close();
  }

  static List<HostileFile> files() {
    return files;
  }

  @ParameterizedTest
  @MethodSource("files")
  void isRefusedWithTheRightReasonAndLeadsNowhere(HostileFile hostile) throws Exception {
    assertEquals(
        hostile.refusedBySignature(),
        ContainerSignature.of(hostile.file()).refusal().isPresent(),
        "refused by its first bytes");
    ExtractionResult result =
        new FaceExtractor(detector, DecodeOptions.defaults(), SamplingPolicy.defaults())
            .extract(hostile.file(), "v", 1, face -> {});
    assertEquals(hostile.expected(), result.failure(), result.failureMessage());
    assertFalse(result.failureMessage().contains(canary.file().toString()));
    assertFalse(canary.isTouched(), "the canary was touched");
  }

  /** FFmpeg alone, as if nobody had looked at the first bytes. */
  @ParameterizedTest
  @MethodSource("files")
  void theReaderAloneOpensNothingElseEither(HostileFile hostile) throws Exception {
    if (hostile.expected() != FailureReason.FAILURE_REASON_UNSPECIFIED) {
      assertThrows(VideoException.class, () -> readAll(hostile.file()));
    } else {
      readAll(hostile.file());
    }
    assertFalse(canary.isTouched(), "the canary was touched");
  }

  @Test
  void theCanariesWouldTell() throws Exception {
    try (Canary read = new Canary(folder.resolve("read"))) {
      assertFalse(read.isTouched());
      assertEquals("canary", Files.readString(read.file()));
      assertTrue(read.isTouched());
    }
    try (Canary reached = new Canary(folder.resolve("reached"))) {
      URI uri = URI.create(reached.uri());
      try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
        assertEquals(-1, socket.getInputStream().read());
      }
      assertTrue(reached.isTouched());
    }
  }

  private static void readAll(Path file) throws VideoException {
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      while (reader.next().isPresent()) {
        // read on until it refuses or ends
      }
    }
  }
}
