package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.testkit.video.Remux;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.bytedeco.ffmpeg.global.avformat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to put a face into an upload so that a player shows it and nobody looks at it. */
@Tag("slow")
class EvasionTest {
  private static final VideoFormat MPEG2 = new VideoFormat("mpeg2video", "yuv420p", false, 25);
  private static final int FPS = 25;
  private static final int FLV_HEADER = 13;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ts", "mkv", "flv"})
  void behindAClockThatRestarts(String ending) throws Exception {
    Path empty = empty(ending, 2);
    Path face = face(ending, 2);
    Path joined = join(ending, empty, ending.equals("flv") ? tail(face, FLV_HEADER) : face);
    Extracted seen = Extracted.of(joined);
    assertEquals(List.of(100L), decoded(seen));
    assertTimes(seen, 0, 2, 4);
    assertEquals(1, seen.stream(0).getTimestampJumps());
    assertEquals(4, seen.result().durationUs() / 1e6, 0.05);
  }

  @Test
  void whereAllTimestampsAreEqual() throws Exception {
    Extracted seen = Extracted.of(retimed("mkv", face("mkv", 2), us -> 0));
    assertEquals(List.of(50L), decoded(seen));
    assertTimes(seen, 0, 0, 2);
  }

  @Test
  void behindAClockThatStandsStillInTheMiddle() throws Exception {
    Path file =
        retimed("mkv", face("mkv", 4), us -> us < 1_000_000 || us > 3_000_000 ? us : 1_000_000);
    Extracted seen = Extracted.of(file);
    assertEquals(List.of(100L), decoded(seen));
    assertTimes(seen, 0, 0, 4);
  }

  @Test
  void whereTheClockHardlyMoves() throws Exception {
    Path file = retimed("mkv", face("mkv", 8), us -> us / 200);
    Extracted seen = Extracted.of(file);
    assertEquals(List.of(200L), decoded(seen));
    // At 120 frames a second and more one in thirty frames is looked at, whatever the clock says.
    assertTrue(seen.faces().size() >= 200 / 30, seen.faces().size() + " faces");
    assertTrue(seen.faces().get(seen.faces().size() - 1).getFrameIndex() > 160);
  }

  @ParameterizedTest
  @ValueSource(longs = {600, 36_000, 80_000})
  void afterAJumpOfTheClock(long seconds) throws Exception {
    Path jumped = retimed("ts", face("ts", 2), us -> us + seconds * 1_000_000);
    Extracted seen = Extracted.of(join("ts", empty("ts", 2), jumped));
    assertFalse(seen.result().isFailed(), seen.result().failureMessage());
    assertEquals(List.of(100L), decoded(seen));
    assertTimes(seen, 0, 2, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ts", "flv"})
  void whereTheClockBeginsFarFromZero(String ending) throws Exception {
    Path file = retimed(ending, face(ending, 2), us -> us + 20_000_000_000L);
    Extracted seen = Extracted.of(file);
    assertEquals(List.of(50L), decoded(seen));
    assertTimes(seen, 0, 0, 2);
    assertEquals(2, seen.result().durationUs() / 1e6, 0.05);
  }

  @Test
  void inASecondStreamBehindALargerOne() throws Exception {
    Path large = SyntheticVideo.emptyRoom(folder.resolve("large.mp4"), 640, 480, FPS, 2);
    Path both =
        new Remux()
            .stream(large).stream(face("mp4", 2), us -> us, avformat.AV_DISPOSITION_DEFAULT, 0)
                .write(folder.resolve("both.mp4"));
    Extracted seen = Extracted.of(both);
    assertEquals(2, seen.result().streams().size());
    assertTimes(seen, 1, 0, 2);
    assertTrue(seen.faceSeconds(0).isEmpty());
  }

  @Test
  void behindAStreamOfOneFrame() throws Exception {
    Path still = SyntheticVideo.emptyRoom(folder.resolve("still.mov"), 1280, 720, FPS, 0.04);
    Path both = new Remux().stream(still).stream(face("mov", 2)).write(folder.resolve("b.mov"));
    Extracted seen = Extracted.of(both);
    assertEquals(List.of(1L, 50L), decoded(seen));
    assertTimes(seen, 1, 0, 2);
  }

  @Test
  void inASecondProgram() throws Exception {
    Path both =
        new Remux()
            .stream(empty("ts", 2), us -> us, 0, 1).stream(face("ts", 2), us -> us, 0, 2)
                .write(folder.resolve("programs.ts"));
    Extracted seen = Extracted.of(both);
    assertEquals(
        List.of(1, 2), seen.result().streams().stream().map(VideoStream::getProgram).toList());
    assertTimes(seen, 1, 0, 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2_000_000, 500_000_000})
  void behindAPacketIdThatChanges(long shiftUs) throws Exception {
    Path other =
        new Remux()
            .stream(face("ts", 2), us -> us + shiftUs, 0, 0)
                .option("mpegts_start_pid", "0x200")
                .write(folder.resolve("other.ts"));
    Extracted seen = Extracted.of(join("ts", empty("ts", 2), other));
    assertEquals(100, decoded(seen).stream().mapToLong(frames -> frames).sum());
    int stream = seen.faces().get(0).getStream();
    assertTimes(seen, stream, 2, 4);
  }

  @Test
  void inAnotherCodecOfTheSameStream() throws Exception {
    Path other = SyntheticVideo.drawnFace(folder.resolve("other.ts"), 320, 240, FPS, 2);
    Extracted seen = Extracted.of(join("ts", empty("ts", 2), other));
    // FFmpeg's parser loses what it holds when the codec changes.
    assertTrue(decoded(seen).get(0) >= 98, decoded(seen).toString());
    assertTimes(seen, 0, 2, 4);
  }

  @Test
  void streamsThatAreNotReadAreNamed() throws Exception {
    Path other =
        SyntheticVideo.drawnFaces(
            folder.resolve("other.mkv"),
            new VideoFormat("msvideo1", "rgb555le", true, FPS),
            320,
            240,
            FPS,
            1,
            1);
    Path both = new Remux().stream(other).stream(face("mkv", 1)).write(folder.resolve("b.mkv"));
    Extracted seen = Extracted.of(both);
    assertFalse(seen.result().isFailed());
    assertEquals(FailureReason.UNSUPPORTED_CODEC, seen.stream(0).getFailure());
    assertTimes(seen, 1, 0, 1);
  }

  @Test
  void aLengthThatIsClaimedTooShortCostsNoMoreSamples() throws Exception {
    Path file = face("mkv", 20);
    long plain = Extracted.of(file).result().sampledFrames();
    byte[] bytes = Files.readAllBytes(file);
    claimLength(bytes, Duration.ofMillis(500));
    Extracted seen = Extracted.of(Files.write(folder.resolve("short.mkv"), bytes));
    assertEquals(List.of(500L), decoded(seen));
    assertTrue(
        seen.result().sampledFrames() <= plain + 32,
        seen.result().sampledFrames() + " samples, not " + plain);
  }

  @Test
  void aFrameRateThatIsClaimedTooHighIsNotBelieved() throws Exception {
    byte[] bytes = Files.readAllBytes(face("avi", 4));
    int header = find(bytes, "strh".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(header + 28, 1)
        .putInt(header + 32, 16_000); // frames a second
    Extracted seen = Extracted.of(Files.write(folder.resolve("fast.avi"), bytes));
    assertFalse(seen.result().isFailed(), seen.result().failureMessage());
    assertEquals(List.of(100L), decoded(seen));
    assertTrue(seen.faces().size() >= 100 / 30, seen.faces().size() + " faces");
  }

  @Test
  void aLengthThatIsClaimedTooLongIsNotBelieved() throws Exception {
    byte[] bytes = Files.readAllBytes(face("mkv", 2));
    claimLength(bytes, Duration.ofHours(24));
    Path file = Files.write(folder.resolve("day.mkv"), bytes);
    List<Long> claims = new ArrayList<>();
    try (FaceDetector detector = FaceDetectors.open(FaceDetectorConfig.defaults())) {
      DecodeOptions options = DecodeOptions.defaults();
      ExtractionResult result =
          new FaceExtractor(detector, options, SamplingPolicy.defaults())
              .extract(
                  file, "v", 1, face -> {}, (frames, playedUs, claimed) -> claims.add(claimed));
      assertFalse(result.isFailed(), result.failureMessage());
      assertEquals(50, result.decodedFrames());
      assertTrue(result.streams().get(0).getTruncated());
      assertTrue(Collections.max(claims) <= options.limits().maxDurationUs(), claims.toString());
    }
  }

  @Test
  void aStreamThatFailsInTheMiddleIsCountedAndTheOthersAreJudged() throws Exception {
    VideoFormat unread = new VideoFormat("vc2", "yuv420p", false, FPS);
    Path other = folder.resolve("unread.ts");
    SyntheticVideo.drawnFaces(other, unread, 320, 240, FPS, 2, 0);
    Path first = programs("first.ts", empty("ts", 2));
    Path file = join("ts", first, programs("second.ts", other));
    List<Long> decoded = new ArrayList<>();
    List<FaceFrame> faces = new ArrayList<>();
    try (FaceDetector detector = FaceDetectors.open(FaceDetectorConfig.defaults())) {
      ExtractionResult result =
          new FaceExtractor(detector, DecodeOptions.defaults(), SamplingPolicy.defaults())
              .extract(
                  file, "v", 1, faces::add, (frames, playedUs, claimed) -> decoded.add(frames));
      VideoStream failed = result.streams().get(0);
      assertEquals(FailureReason.UNSUPPORTED_CODEC, failed.getFailure(), result.toString());
      assertTrue(failed.getDecodedFrames() >= 48, failed.toString());
      assertEquals(100, result.streams().get(1).getDecodedFrames());
      assertEquals(failed.getDecodedFrames() + 100, result.decodedFrames());
      assertTrue(faces.stream().allMatch(face -> face.getStream() == 1) && !faces.isEmpty());
      // A sandbox takes progress that does not grow for a broken decoder.
      assertEquals(decoded.stream().distinct().sorted().toList(), decoded);
    }
  }

  private Path programs(String name, Path first) throws Exception {
    return new Remux()
        .stream(first, us -> us, 0, 1).stream(face("ts", 2), us -> us, 0, 2)
            .write(folder.resolve(name));
  }

  @Test
  void whatIsDecodedCountsForTheLimitOnLength() throws Exception {
    DecodeLimits like = DecodeLimits.defaults();
    DecodeOptions three =
        new DecodeOptions(
            new DecodeLimits(
                like.maxBytes(), like.maxPixels(), like.maxStreams(), Duration.ofSeconds(3)),
            1);
    Path twice = join("ts", empty("ts", 2), face("ts", 2));
    assertEquals(FailureReason.TOO_LONG, Extracted.of(twice, three).result().failure());
    Path two =
        new Remux().stream(empty("mkv", 2)).stream(face("mkv", 2)).write(folder.resolve("2.mkv"));
    Extracted seen = Extracted.of(two, three);
    assertEquals(FailureReason.TOO_LONG, seen.stream(1).getFailure());
  }

  private void assertTimes(Extracted seen, int stream, double from, double to) {
    List<Double> times = seen.faceSeconds(stream);
    assertFalse(times.isEmpty(), "no face: " + seen.result().streams());
    assertEquals(from, times.get(0), 0.1, times.toString());
    assertEquals(to - 0.2, times.get(times.size() - 1), 0.2, times.toString());
    for (int i = 1; i < times.size(); i++) {
      assertTrue(times.get(i) - times.get(i - 1) < 0.4, times.toString());
    }
    seen.result().streams().forEach(each -> assertEquals(0, each.getUnsampledUs()));
  }

  private static List<Long> decoded(Extracted seen) {
    return seen.result().streams().stream().map(VideoStream::getDecodedFrames).toList();
  }

  private Path face(String ending, double seconds) throws Exception {
    return SyntheticVideo.drawnFaces(
        folder.resolve("face." + ending), format(ending), 320, 240, FPS, seconds, 1);
  }

  private Path empty(String ending, double seconds) throws Exception {
    return SyntheticVideo.drawnFaces(
        folder.resolve("empty." + ending), format(ending), 320, 240, FPS, seconds, 0);
  }

  private static VideoFormat format(String ending) {
    return switch (ending) {
      case "ts" -> MPEG2;
      case "flv" -> VideoFormat.mpeg4().withEncoder("flv", "yuv420p").withTicksPerSecond(1000);
      default -> VideoFormat.mpeg4();
    };
  }

  private Path retimed(String ending, Path file, LongUnaryOperator time) throws Exception {
    return new Remux().stream(file, time, 0, 0).write(folder.resolve("retimed." + ending));
  }

  private Path join(String ending, Path first, Path second) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Files.readAllBytes(first));
    bytes.write(Files.readAllBytes(second));
    return Files.write(folder.resolve("joined." + ending), bytes.toByteArray());
  }

  private Path tail(Path file, int from) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(folder.resolve("tail"), Arrays.copyOfRange(bytes, from, bytes.length));
  }

  /** Overwrites the duration of a Matroska file. */
  private static void claimLength(byte[] bytes, Duration length) {
    int duration = find(bytes, new byte[] {0x44, (byte) 0x89, (byte) 0x88});
    ByteBuffer.wrap(bytes).putDouble(duration + 3, length.toMillis());
  }

  private static int find(byte[] in, byte[] what) {
    for (int i = 0; i + what.length <= in.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not in the file");
  }
}
