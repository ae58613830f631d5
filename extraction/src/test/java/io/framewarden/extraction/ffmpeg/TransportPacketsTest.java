package io.framewarden.extraction.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FailureReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transport streams that do not begin with a packet. */
final class TransportPacketsTest {
  private static final int PACKET = 188;
  private static final int FRAMES = 50;

  @TempDir static Path folder;
  private static byte[] clean = {};

  @BeforeAll
  static void encode() throws Exception {
    Path file =
        SyntheticVideo.frames(
            folder.resolve("clean.ts"),
            VideoFormat.mpeg4().withEncoder("mpeg2video", "yuv420p").withTicksPerSecond(25),
            64,
            48,
            25,
            FRAMES,
            index -> SyntheticVideo.faceFrame(64, 48, index, 1, index));
    clean = Files.readAllBytes(file);
  }

  @ParameterizedTest
  @CsvSource({
    "188, 0", "188, 1", "188, 1000", "188, 9000", "188, 60000",
    "192, 0", "192, 1", "192, 1000", "192, 9000", "192, 60000",
    "204, 0", "204, 1", "204, 1000", "204, 9000", "204, 60000"
  })
  void noFrameBehindGarbageIsLost(int packetBytes, int garbage) throws Exception {
    byte[] head = new byte[garbage];
    new Random(garbage).nextBytes(head);
    Path file = write(head, packets(packetBytes));
    int offset = garbage + (packetBytes == 192 ? 4 : 0);
    assertEquals(
        Optional.of(new TransportPackets(offset, packetBytes)),
        TransportPackets.in(Arrays.copyOf(Files.readAllBytes(file), ContainerSignature.BYTES)));
    assertEquals(ContainerSignature.MPEG_TS, ContainerSignature.of(file));
    assertEquals(FRAMES, frames(file));
  }

  @ParameterizedTest
  @CsvSource({"188, 100", "192, 187", "204, 1"})
  void whatIsLeftOfAPacketIsPassedOver(int packetBytes, int missing) throws Exception {
    byte[] packets = packets(packetBytes);
    byte[] part =
        Arrays.copyOfRange(packets, packets.length - packetBytes + missing, packets.length);
    assertEquals(FRAMES, frames(write(part, packets)));
  }

  /** FFmpeg by itself takes the file for music, which no whitelist allows. */
  @Test
  void garbageThatLooksLikeMusicIsPassedOver() throws Exception {
    ByteArrayOutputStream music = new ByteArrayOutputStream();
    for (int i = 0; i < 40; i++) {
      byte[] frame = new byte[417];
      frame[0] = (byte) 0xff;
      frame[1] = (byte) 0xfb;
      frame[2] = (byte) 0x90;
      music.writeBytes(frame);
    }
    assertEquals(FRAMES, frames(write(music.toByteArray(), clean)));
  }

  @Test
  void fewPacketsBehindGarbageAreNoVideo() throws Exception {
    Path file = write(new byte[1000], Arrays.copyOf(clean, 4 * PACKET));
    assertEquals(ContainerSignature.UNKNOWN, ContainerSignature.of(file));
    assertTrue(TransportPackets.in(Arrays.copyOf(clean, 4 * PACKET)).isPresent());
  }

  @Test
  void theLetterOfTheSyncByteIsNoVideo() {
    byte[] letters = "G".repeat(ContainerSignature.BYTES).getBytes(StandardCharsets.US_ASCII);
    assertEquals(ContainerSignature.UNKNOWN, ContainerSignature.of(letters));
  }

  @ParameterizedTest
  @CsvSource({"mp4, mpeg4", "mkv, mpeg4", "avi, mpeg4", "flv, flv", "mpg, mpeg2video"})
  void otherContainersBehindGarbageAreRefused(String ending, String encoder) throws Exception {
    Path video =
        SyntheticVideo.frames(
            folder.resolve("v." + ending),
            VideoFormat.mpeg4().withEncoder(encoder, "yuv420p").withTicksPerSecond(25),
            64,
            48,
            25,
            5,
            index -> SyntheticVideo.faceFrame(64, 48, index, 1, index));
    byte[] garbage = new byte[1000];
    new Random(1).nextBytes(garbage);
    Path file = write(garbage, Files.readAllBytes(video));
    assertEquals(
        Optional.of(FailureReason.NOT_A_VIDEO), ContainerSignature.of(file).refusal(), ending);
  }

  @Test
  void aPlaylistThatHidesPacketsIsOne() throws Exception {
    byte[] list = "#EXTM3U\n#EXTINF:1,\nother.ts\n".getBytes(StandardCharsets.US_ASCII);
    assertEquals(ContainerSignature.PLAYLIST, ContainerSignature.of(write(list, clean)));
  }

  @Test
  void aMissingFileIsNamedAsSuch() {
    var error =
        assertThrows(
            VideoException.class,
            () -> DemuxerChoice.of(folder.resolve("missing.ts"), MediaKind.VIDEO));
    assertEquals(FailureReason.SOURCE_MISSING, error.reason());
  }

  /** The clean stream in packets with a time code before them, or with parity after them. */
  private static byte[] packets(int bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < clean.length; at += PACKET) {
      byte[] packet = new byte[bytes];
      System.arraycopy(clean, at, packet, bytes == 192 ? 4 : 0, PACKET);
      out.writeBytes(packet);
    }
    return out.toByteArray();
  }

  private static Path write(byte[] head, byte[] packets) throws Exception {
    byte[] whole = Arrays.copyOf(head, head.length + packets.length);
    System.arraycopy(packets, 0, whole, head.length, packets.length);
    return Files.write(folder.resolve("upload.ts"), whole);
  }

  private static int frames(Path file) throws VideoException {
    int frames = 0;
    try (VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      while (reader.next().isPresent()) {
        frames++;
      }
      assertEquals("mpegts", reader.probe().container());
    }
    return frames;
  }
}
