package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.video.Remux;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.VideoStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole video is told from one that was cut, one that is damaged and one that begins late. */
@Tag("slow")
class DamageTest {
  private static final int TS_PACKET = 188;
  private static final int FPS = 25;
  private static final int SAMPLE_RATE = 8000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "avi", "ts", "flv"})
  void aWholeVideoHasNoRemark(String ending) throws Exception {
    VideoStream stream = stream(video(ending, 2));
    assertEquals(50, stream.getDecodedFrames());
    assertWhole(stream);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "mp4", "avi"})
  void soundThatOutlastsTheVideoIsNoCut(String ending) throws Exception {
    Path file = new Remux().stream(video(ending, 2)).stream(sound(6)).write(out(ending));
    VideoStream stream = stream(file);
    assertWhole(stream);
    assertEquals(2, stream.getEndUs() / 1e6, 0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "mp4", "mov"})
  void aVideoThatStartsLateHasThePlayersTimes(String ending) throws Exception {
    Path file =
        new Remux()
            .stream(video(ending, 2), us -> us + 10_000_000, 0, 0).stream(sound(12))
                .write(out(ending));
    Extracted seen = Extracted.of(file);
    assertWhole(seen.stream(0));
    assertEquals(10, seen.stream(0).getStartUs() / 1e6, 0.05);
    assertEquals(12, seen.stream(0).getEndUs() / 1e6, 0.05);
    assertEquals(10, seen.faceSeconds(0).get(0), 0.05);
    assertTrue(seen.result().sampledFrames() >= 8, seen.toString());
  }

  @ParameterizedTest
  @CsvSource({"mp4, 0.7", "mkv, 0.5", "mov, 0.6", "avi, 0.5"})
  void aCutFileIsTruncated(String ending, double share) throws Exception {
    Path whole = streamable(ending, 4);
    byte[] bytes = Files.readAllBytes(whole);
    VideoStream stream =
        stream(Files.write(out(ending), Arrays.copyOf(bytes, (int) (share * bytes.length))));
    assertTrue(stream.getTruncated(), stream.toString());
    assertTrue(stream.getDecodedFrames() > 20, stream.toString());
    assertEquals(0, stream.getMissingStartFrames());
  }

  @Test
  void segmentsThatAreNotReadAreNoEnd() throws Exception {
    byte[] one = Files.readAllBytes(video("mkv", 1));
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(one);
    joined.write(one);
    VideoStream two = stream(Files.write(out("mkv"), joined.toByteArray()));
    assertFalse(two.getTruncated());
    assertEquals(50, two.getDecodedFrames());
    joined.write(one);
    VideoStream three = stream(Files.write(out("mkv"), joined.toByteArray()));
    assertTrue(three.getTruncated() || three.getDecodedFrames() == 75, three.toString());
  }

  @Test
  void aLostPacketDamagesFramesInTheMiddle() throws Exception {
    byte[] bytes = Files.readAllBytes(video("ts", 4));
    int packet = bytes.length / TS_PACKET / 3 * TS_PACKET;
    byte[] without = new byte[bytes.length - TS_PACKET];
    System.arraycopy(bytes, 0, without, 0, packet);
    System.arraycopy(bytes, packet + TS_PACKET, without, packet, without.length - packet);
    VideoStream stream = stream(Files.write(out("ts"), without));
    assertFalse(stream.getTruncated());
    assertTrue(stream.getDamagedFrames() > 0 && stream.getDamagedFrames() <= 26, stream.toString());
    assertTrue(stream.getDecodedFrames() >= 99, stream.toString());
  }

  @Test
  void aVideoThatBeginsInMidStreamSaysWhatIsMissing() throws Exception {
    byte[] bytes = Files.readAllBytes(video("ts", 4));
    int from = (int) (bytes.length * 0.3) / TS_PACKET * TS_PACKET;
    byte[] tables = Arrays.copyOf(bytes, 3 * TS_PACKET);
    byte[] late = new byte[tables.length + bytes.length - from];
    System.arraycopy(tables, 0, late, 0, tables.length);
    System.arraycopy(bytes, from, late, tables.length, bytes.length - from);
    VideoStream stream = stream(Files.write(out("ts"), late));
    assertFalse(stream.getTruncated());
    assertTrue(
        stream.getMissingStartFrames() > 0 && stream.getMissingStartFrames() < 25,
        stream.toString());
    assertTrue(stream.getDecodedFrames() < 100, stream.toString());
  }

  @Test
  void concealedDamageIsCounted() throws Exception {
    Path file = video("mp4", 4);
    byte[] bytes = Files.readAllBytes(file);
    int media = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("mdat") + 4;
    Arrays.fill(bytes, media + 600, media + 1100, (byte) 0x5a);
    VideoStream stream = stream(Files.write(file, bytes));
    assertFalse(stream.getTruncated());
    assertEquals(100, stream.getDecodedFrames());
    assertTrue(stream.getDamagedFrames() > 0 && stream.getDamagedFrames() <= 26, stream.toString());
  }

  private static void assertWhole(VideoStream stream) {
    assertFalse(stream.getTruncated(), stream.toString());
    assertEquals(0, stream.getDamagedFrames(), stream.toString());
    assertEquals(0, stream.getUndecodablePackets(), stream.toString());
    assertEquals(0, stream.getMissingStartFrames(), stream.toString());
    assertEquals(0, stream.getTimestampJumps(), stream.toString());
    assertEquals(0, stream.getUnsampledUs(), stream.toString());
  }

  private static VideoStream stream(Path file) {
    Extracted seen = Extracted.of(file);
    assertFalse(seen.result().isFailed(), seen.result().failureMessage());
    assertEquals(1, seen.result().streams().size());
    return seen.stream(0);
  }

  /** With a key frame each second. */
  private Path video(String ending, double seconds) throws Exception {
    VideoFormat format =
        switch (ending) {
          case "ts" -> new VideoFormat("mpeg2video", "yuv420p", false, FPS);
          case "flv" -> VideoFormat.mpeg4().withEncoder("flv", "yuv420p").withTicksPerSecond(1000);
          default -> VideoFormat.mpeg4().withTicksPerSecond(FPS);
        };
    return SyntheticVideo.drawnFaces(
        folder.resolve("video." + ending), format, 320, 240, FPS, seconds, 1);
  }

  /** With its index at the front where it can be, as uploads for the web have it. */
  private Path streamable(String ending, double seconds) throws Exception {
    Path video = video(ending, seconds);
    return List.of("mp4", "mov").contains(ending)
        ? new Remux()
            .stream(video)
                .option("movflags", "faststart")
                .write(folder.resolve("streamable." + ending))
        : video;
  }

  private Path out(String ending) {
    return folder.resolve("out." + ending);
  }

  /** Silence as a .wav file. */
  private Path sound(int seconds) throws Exception {
    int samples = seconds * SAMPLE_RATE * 2;
    ByteBuffer wav = ByteBuffer.allocate(44 + samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(36 + samples).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * 2);
    wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(samples);
    return Files.write(folder.resolve("sound.wav"), wav.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
