package io.framewarden.extraction.ffmpeg;

import static io.framewarden.testkit.hostile.MovieBoxes.box;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.hostile.MovieBoxes;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FailureReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What hides in a movie's header is found wherever FFmpeg finds it. That it does shows in its
 * packets: it passes over a track whose frames are in another file.
 */
class MovieHeaderCheckTest {
  private static final String TABLES = "moov/trak/mdia/minf/stbl";
  private static final String REFERENCES = "moov/trak/mdia/minf/dinf/dref";
  private static final byte[] ALIAS = MovieBoxes.alias("/etc/passwd");

  @TempDir static Path folder;
  private static byte[] good;

  @BeforeAll
  static void encode() throws IOException {
    Path file = folder.resolve("good.mp4");
    SyntheticVideo.frames(file, VideoFormat.mpeg4(), 64, 48, 25, 3, index -> new byte[64 * 48]);
    good = Files.readAllBytes(file);
  }

  @Test
  void aSelfContainedMovieIsReadWhateverItsBoxesAreCalled() throws Exception {
    for (String header : new String[] {"moov", "hoov", "free"}) {
      assertRead(renamed(good, header));
    }
    assertRead(new MovieBoxes(good).insertAfter("mdat", emptyBoxes(100_001)).bytes());
    byte[] own = dref(box("url ", new byte[] {0, 0, 0, 1}));
    assertRead(new MovieBoxes(good).insertAfter(TABLES + "/stts", own).bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"moov", "hoov", "free"})
  void referencesInAHeaderOfAnotherNameAreFound(String header) throws Exception {
    assertRefused(
        renamed(new MovieBoxes(good).replace(REFERENCES, dref(ALIAS)).bytes(), header),
        FailureReason.PLAYLIST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"udta", "tref", "edts", "sinf", "schi", "mvex", "ilst", "dinf", "stbl", "minf"})
  void referencesInsideAnyBoxAreFound(String container) throws Exception {
    byte[] hidden = box(container, dref(ALIAS));
    assertRefused(
        new MovieBoxes(good).insertAfter("moov/trak/mdia", hidden).bytes(), FailureReason.PLAYLIST);
    assertRefused(
        new MovieBoxes(good).insertAfter(TABLES + "/stts", hidden).bytes(), FailureReason.PLAYLIST);
  }

  @Test
  void referencesAmongTheTablesAreFound() throws Exception {
    assertRefused(
        new MovieBoxes(good).insertAfter(TABLES + "/stts", dref(ALIAS)).bytes(),
        FailureReason.PLAYLIST);
  }

  @Test
  void referencesInASampleDescriptionAreFound() throws Exception {
    MovieBoxes movie = new MovieBoxes(good);
    byte[] entry = movie.copy(TABLES + "/stsd/mp4v");
    byte[] grown = box("mp4v", Arrays.copyOfRange(entry, 8, entry.length), dref(ALIAS));
    assertRefused(movie.replace(TABLES + "/stsd/mp4v", grown).bytes(), FailureReason.PLAYLIST);
  }

  @Test
  void referencesBehindAHandlerInMetadataAreFound() throws Exception {
    byte[] handler = box("hdlr", new byte[24]);
    for (int padding : new int[] {0, 4, 12}) {
      byte[] meta = box("meta", new byte[padding], handler, dref(ALIAS));
      assertRefused(
          new MovieBoxes(good).insertAfter(TABLES + "/stts", meta).bytes(), FailureReason.PLAYLIST);
    }
  }

  @Test
  void referencesWithALongSizeOrNoneAreFound() throws Exception {
    byte[] content = Arrays.copyOfRange(dref(ALIAS), 8, dref(ALIAS).length);
    byte[] type = "dref".getBytes(ISO_8859_1);
    byte[] longSize = bytes(1, type, content.length + 16L, content);
    byte[] toTheEnd = bytes(0, type, null, content);
    byte[] longToTheEnd = bytes(1, type, 8L, content);
    byte[] beyondTheEnd = bytes(1, type, Long.MAX_VALUE, content);
    for (byte[] box : new byte[][] {longSize, toTheEnd, longToTheEnd, beyondTheEnd}) {
      byte[] hidden = box("udta", box);
      assertRefused(
          new MovieBoxes(good).insertAfter("moov/trak/mdia", hidden).bytes(),
          FailureReason.PLAYLIST);
    }
  }

  @Test
  void referencesBehindTheEndOfTheirBoxAreFound() throws Exception {
    byte[] count = ByteBuffer.allocate(8).putInt(4, 1).array();
    byte[] hidden = box("udta", box("dref", count), ALIAS);
    assertRefused(
        new MovieBoxes(good).insertAfter("moov/trak/mdia", hidden).bytes(), FailureReason.PLAYLIST);
  }

  @Test
  void anAliasThatCallsItselfThisFileIsFound() throws Exception {
    byte[] alias = ALIAS.clone();
    alias[11] = 1;
    assertRefused(
        new MovieBoxes(good).replace(REFERENCES, dref(alias)).bytes(), FailureReason.PLAYLIST);
  }

  @Test
  void referencesBehindManyBoxesAreFound() throws Exception {
    byte[] hostile = new MovieBoxes(good).replace(REFERENCES, dref(ALIAS)).bytes();
    assertRefused(
        new MovieBoxes(hostile).insertAfter("mdat", emptyBoxes(100_001)).bytes(),
        FailureReason.PLAYLIST);
  }

  @Test
  void moreBoxesThanAreLookedAtAreRefused() throws Exception {
    byte[] many = emptyBoxes(MovieHeaderCheck.MAX_BOXES);
    Path file = write(new MovieBoxes(good).insertAfter("mdat", many).bytes());
    VideoException refused =
        assertThrows(
            VideoException.class, () -> VideoReader.open(file, DecodeOptions.defaults()).close());
    assertEquals(FailureReason.UNSUPPORTED_CONTAINER, refused.reason());
    assertTrue(refused.getMessage().contains("more boxes"), refused.getMessage());
  }

  @Test
  void boxesNestedWithoutEndAreRefused() throws Exception {
    byte[] nested = new byte[0];
    for (int i = 0; i < 20; i++) {
      nested = box("udta", nested);
    }
    Path file = write(new MovieBoxes(good).insertAfter("moov/trak/mdia", nested).bytes());
    assertThrows(
        VideoException.class, () -> VideoReader.open(file, DecodeOptions.defaults()).close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"moov", "hoov", "free"})
  void aCompressedHeaderIsFound(String name) throws Exception {
    byte[] header = new MovieBoxes(good).copy("moov");
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(header);
    }
    byte[] length = ByteBuffer.allocate(4).putInt(header.length).array();
    byte[] packed =
        box(
            "cmov",
            box("dcom", "zlib".getBytes(ISO_8859_1)),
            box("cmvd", length, deflated.toByteArray()));
    byte[] hostile = new MovieBoxes(good).replace("moov", box(name, packed)).bytes();
    assertEquals(packets(good), packets(hostile), "FFmpeg reads the compressed header");
    assertEquals(FailureReason.UNSUPPORTED_CONTAINER, refusal(hostile).reason());
  }

  private static void assertRead(byte[] movie) throws Exception {
    try (VideoReader reader = VideoReader.open(write(movie), DecodeOptions.defaults())) {
      for (int i = 0; i < 3; i++) {
        assertTrue(reader.next().isPresent(), "frame " + i);
      }
    }
  }

  /** FFmpeg took the reference, so that it reads no packet, and we refused the file. */
  private static void assertRefused(byte[] hostile, FailureReason reason) throws Exception {
    assertEquals(0, packets(hostile), "FFmpeg finds the reference");
    assertEquals(reason, refusal(hostile).reason());
  }

  private static VideoException refusal(byte[] movie) throws IOException {
    Path file = write(movie);
    return assertThrows(
        VideoException.class,
        () -> FileCheck.check(file, MediaKind.VIDEO, DecodeLimits.defaults()));
  }

  private static int packets(byte[] movie) throws Exception {
    AVPacket packet = av_packet_alloc();
    int packets = 0;
    try (Demuxer demuxer =
        Demuxer.openAll(write(movie), MediaKind.VIDEO, DecodeLimits.defaults())) {
      while (demuxer.read(packet)) {
        packets++;
        av_packet_unref(packet);
      }
    } finally {
      av_packet_free(packet);
    }
    return packets;
  }

  private static Path write(byte[] movie) throws IOException {
    return Files.write(folder.resolve("movie.mov"), movie);
  }

  private static byte[] renamed(byte[] movie, String header) {
    byte[] renamed = movie.clone();
    int at = new MovieBoxes(movie).find("moov");
    System.arraycopy(header.getBytes(ISO_8859_1), 0, renamed, at + 4, 4);
    return renamed;
  }

  private static byte[] dref(byte[] entry) {
    return box("dref", ByteBuffer.allocate(8).putInt(4, 1).array(), entry);
  }

  private static byte[] emptyBoxes(int count) {
    ByteBuffer boxes = ByteBuffer.allocate(8 * count);
    for (int i = 0; i < count; i++) {
      boxes.putInt(8).put("skip".getBytes(ISO_8859_1));
    }
    return boxes.array();
  }

  private static byte[] bytes(int size, byte[] type, Long longSize, byte[] content) {
    ByteBuffer box = ByteBuffer.allocate(8 + (longSize == null ? 0 : 8) + content.length);
    box.putInt(size).put(type);
    if (longSize != null) {
      box.putLong(longSize);
    }
    return box.put(content).array();
  }
}
