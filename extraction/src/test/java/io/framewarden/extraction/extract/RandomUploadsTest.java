package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.video.Remux;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.VideoStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Joins, cuts, shifts and re-times clips at random, and holds what is seen of the result against
 * what FFmpeg decodes and against where the faces were drawn.
 */
@Tag("slow")
class RandomUploadsTest {
  private static final int TS_PACKET = 188;
  private static final int FLV_HEADER = 13;
  private static final int TICKS = 1000;
  private static final double TOLERANCE_SECONDS = 0.301;

  /** Clocks that restart, jump further than players wait, or are about to wrap after 2^33 ticks. */
  private static final long[] STARTS_SECONDS = {0, 700, 20_000, 95_440};

  /**
   * A clip within an upload.
   *
   * @param face whether a face is drawn in all its frames
   * @param start seconds on the timeline that players show
   * @param cut whether packets of it were removed
   */
  private record Clip(boolean face, double start, double end, boolean cut) {}

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void nothingGoesUnseen(long seed) throws Exception {
    Random random = new Random(seed);
    String ending = List.of("ts", "mkv", "flv").get((int) (seed % 3));
    List<Clip> clips = new ArrayList<>();
    Path upload = upload(ending, clips, random);
    Extracted seen = Extracted.of(upload);
    assertFalse(seen.result().isFailed(), seen.result().failureMessage());
    long expected = ReferenceDecode.frames(upload).values().stream().mapToLong(n -> n).sum();
    assertEquals(expected, seen.result().decodedFrames(), clips + " " + seen.result().streams());
    for (VideoStream stream : seen.result().streams()) {
      assertEquals(0, stream.getUnsampledUs(), clips.toString());
      assertFalse(stream.getTruncated(), clips + " " + stream);
      double seconds = (stream.getEndUs() - stream.getStartUs()) / 1e6;
      boolean cut = clips.stream().anyMatch(Clip::cut);
      assertTrue(cut || stream.getSampledFrames() >= Math.floor(seconds * 4), clips + " " + stream);
    }
    for (Clip clip : clips) {
      if (clip.face && !clip.cut) {
        assertTrue(
            isTracked(seen, clip),
            clip + " of " + clips + ": " + seen.faceSeconds(0) + seen.result().streams());
      }
    }
  }

  /** Whether one track has a face at the clip's start and end, and no long time without between. */
  private static boolean isTracked(Extracted seen, Clip clip) {
    return seen.faces().stream()
        .map(FaceFrame::getTrackId)
        .distinct()
        .map(
            track ->
                seen.faces().stream()
                    .filter(face -> face.getTrackId() == track)
                    .map(face -> face.getPtsUs() / 1e6)
                    .filter(time -> time > clip.start - 0.02 && time < clip.end)
                    .toList())
        .anyMatch(
            times ->
                !times.isEmpty()
                    && times.get(0) - clip.start <= TOLERANCE_SECONDS
                    && clip.end - times.get(times.size() - 1) <= TOLERANCE_SECONDS
                    && times.size() >= (clip.end - clip.start) * 3);
  }

  private Path upload(String ending, List<Clip> clips, Random random) throws Exception {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    double at = 0;
    // FFmpeg reads two segments of a Matroska file.
    int count = 1 + random.nextInt(ending.equals("mkv") ? 2 : 3);
    for (int i = 0; i < count; i++) {
      boolean face = random.nextBoolean() || i == count - 1;
      int fps = List.of(10, 20, 25, 40).get(random.nextInt(4));
      double speed = List.of(0.5, 1.0, 2.0).get(random.nextInt(3));
      int frames = (int) Math.ceil((1 + random.nextDouble()) * fps * speed);
      byte[] bytes = clip(ending, i, face, fps, frames, speed, random);
      boolean cut = ending.equals("ts") && random.nextInt(4) == 0;
      double end = at + frames / (fps * speed);
      clips.add(new Clip(face, at, end, cut));
      joined.write(cut ? cut(bytes, random) : bytes);
      at = end;
      if (cut) {
        break; // what was cut moves the times of what follows
      }
    }
    return Files.write(folder.resolve("upload." + ending), joined.toByteArray());
  }

  /** One clip of the container, its clock beginning at a random one of the starts. */
  private byte[] clip(
      String ending, int index, boolean face, int fps, int frames, double speed, Random random)
      throws Exception {
    VideoFormat format =
        ending.equals("flv")
            ? VideoFormat.mpeg4().withEncoder("flv", "yuv420p").withTicksPerSecond(TICKS)
            : VideoFormat.mpeg4().withTicksPerSecond(TICKS);
    Path plain = folder.resolve("plain" + index + "." + ending);
    SyntheticVideo.drawnFaces(plain, format, 320, 240, fps, (double) frames / fps, face ? 1 : 0);
    long start = STARTS_SECONDS[random.nextInt(ending.equals("ts") ? 4 : 3)] * 1_000_000;
    Path moved =
        new Remux()
            .stream(plain, us -> start + Math.round(us / speed), 0, 0)
                .write(folder.resolve("moved" + index + "." + ending));
    byte[] bytes = Files.readAllBytes(moved);
    return ending.equals("flv") && index > 0
        ? Arrays.copyOfRange(bytes, FLV_HEADER, bytes.length)
        : bytes;
  }

  /** Removes some packets after the first tables. */
  private static byte[] cut(byte[] bytes, Random random) {
    int packets = bytes.length / TS_PACKET;
    int from = 4 + random.nextInt(packets / 2);
    int to = from + 1 + random.nextInt(packets / 4);
    byte[] left = new byte[bytes.length - (to - from) * TS_PACKET];
    System.arraycopy(bytes, 0, left, 0, from * TS_PACKET);
    System.arraycopy(bytes, to * TS_PACKET, left, from * TS_PACKET, left.length - from * TS_PACKET);
    return left;
  }
}
