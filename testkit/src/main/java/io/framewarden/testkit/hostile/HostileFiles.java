package io.framewarden.testkit.hostile;

import static io.framewarden.testkit.hostile.MovieBoxes.box;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.testkit.video.VideoWriter;
import io.framewarden.v1.FailureReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the malicious set: one file for each known attack. One thread. */
public final class HostileFiles {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  static final int BOMB_BYTES = 64 << 20;

  /** Enough to exhaust a decoder that opens each, in a few kilobytes. */
  private static final int STREAMS = 30;

  private final Path folder;
  private final Canary canary;
  private final List<HostileFile> files = new ArrayList<>();

  private HostileFiles(Path folder, Canary canary) {
    this.folder = folder;
    this.canary = canary;
  }

  /**
   * Writes all files into a folder.
   *
   * @param canary what they point at
   */
  public static List<HostileFile> write(Path folder, Canary canary) throws IOException {
    HostileFiles set = new HostileFiles(folder, canary);
    set.addPlaylists();
    set.addImages();
    HostileAnimations.write(folder, set.files);
    set.addArchives();
    set.addMovies();
    set.addMatroska();
    set.addFrameRates();
    return set.files;
  }

  private void addPlaylists() throws IOException {
    String file = canary.file().toString();
    String hls = "#EXTM3U\n#EXTINF:1,\nfile://" + file + "\n#EXTINF:1,\n" + canary.uri() + "\n";
    addRefusedBySignature("hls.mp4", FailureReason.PLAYLIST, hls + "#EXT-X-ENDLIST\n");
    addRefusedBySignature("hls-mark.mp4", FailureReason.PLAYLIST, "\u00ef\u00bb\u00bf \n" + hls);
    addRefusedBySignature(
        "concat.mp4", FailureReason.PLAYLIST, "ffconcat version 1.0\nfile '" + file + "'\n");
    addRefusedBySignature("plain-concat.mp4", FailureReason.PLAYLIST, "file '" + file + "'\n");
    String sdp = "c=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n";
    addRefusedBySignature(
        "sdp.mp4", FailureReason.PLAYLIST, "v=0\no=- 0 0 IN IP4 127.0.0.1\n" + sdp);
    add("sdp-as-movie.mp4", FailureReason.NO_VIDEO_STREAM, latin("v=0\nmoov\n" + sdp));
    String media = "<Representation><BaseURL>" + canary.uri() + "</BaseURL></Representation>";
    addRefusedBySignature(
        "dash.mp4", FailureReason.PLAYLIST, "<?xml version='1.0'?><MPD>" + media + "</MPD>");
    addRefusedBySignature(
        "asx.mp4", FailureReason.PLAYLIST, "<ASX><REF HREF='" + canary.uri() + "'/></ASX>");
    addRefusedBySignature(
        "data.mp4", FailureReason.NOT_A_VIDEO, "data:video/mp4;base64,AAAAGGZ0eXBpc29t");
    addRefusedBySignature("file.mp4", FailureReason.NOT_A_VIDEO, "file://" + file);
    addRefusedBySignature("http.mp4", FailureReason.NOT_A_VIDEO, canary.uri());
    addRefusedBySignature(
        "concat-protocol.mp4", FailureReason.NOT_A_VIDEO, "concat:" + file + "|" + file);
    byte[] type = box("ftyp", latin("isom\0\0\2\0isom"));
    add("hls-behind-type.mp4", FailureReason.CORRUPT, join(type, latin(hls)));
  }

  private void addImages() throws IOException {
    addRefusedBySignature(
        "png.mp4", FailureReason.STILL_IMAGE, "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\u00ff\u00ff");
    addRefusedBySignature(
        "gif.mp4", FailureReason.STILL_IMAGE, "GIF89a\u00ff\u00ff\u00ff\u00ff\0\0\0");
    addRefusedBySignature(
        "jpeg.mp4", FailureReason.STILL_IMAGE, "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF");
    String frame = "<svg xmlns='http://www.w3.org/2000/svg'><image href='file://";
    addRefusedBySignature(
        "svg.mp4", FailureReason.STILL_IMAGE, frame + canary.file() + "'/></svg>");
    addRefusedBySignature(
        "webp.mp4", FailureReason.UNSUPPORTED_CONTAINER, "RIFF\377\0\0\0WEBPVP8X\n\0\0\0\2");
  }

  private void addArchives() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("../../video.mp4"));
      out.write(new byte[1 << 20]);
    }
    addRefusedBySignature("zip.mp4", FailureReason.NOT_A_VIDEO, zip.toString(ISO_8859_1));
    addRefusedBySignature(
        "gzip.mp4", FailureReason.NOT_A_VIDEO, "\u001f\u008b\u0008\0\0\0\0\0\0\3");
  }

  private void addMovies() throws IOException {
    byte[] good = encode("good.mp4", VideoFormat.mpeg4(), 2);
    String references = "moov/trak/mdia/minf/dinf/dref";
    String file = canary.file().toString();
    movie(
        "alias.mov", FailureReason.PLAYLIST, good, references, references(MovieBoxes.alias(file)));
    byte[] name = reference("url ", "file://" + file);
    movie("url-file.mov", FailureReason.PLAYLIST, good, references, references(name));
    name = reference("url ", canary.uri());
    movie("url-http.mov", FailureReason.PLAYLIST, good, references, references(name));
    byte[] link = box("rdrf", ByteBuffer.allocate(4).array(), latin("url "), latin(file));
    byte[] list = box("moov", box("rmra", box("rmda", link)));
    add("reference-movie.mov", FailureReason.PLAYLIST, join(box("wide"), list));

    byte[] hidden =
        new MovieBoxes(good).replace(references, references(MovieBoxes.alias(file))).bytes();
    int moov = new MovieBoxes(hidden).find("moov");
    for (String type : List.of("hoov", "free")) {
      byte[] renamed = hidden.clone();
      System.arraycopy(latin(type), 0, renamed, moov + 4, 4);
      add("alias-in-" + type + ".mov", FailureReason.PLAYLIST, renamed);
    }

    byte[] header = ByteBuffer.allocate(4).putInt(BOMB_BYTES).array();
    byte[] bomb = box("cmov", box("dcom", latin("zlib")), box("cmvd", header, deflate(BOMB_BYTES)));
    byte[] bombed = join(box("free"), box("moov", bomb));
    add("compressed-header.mov", FailureReason.UNSUPPORTED_CONTAINER, bombed);

    VideoFormat jpeg = VideoFormat.mpeg4().withEncoder("mjpeg", "yuvj420p");
    MovieBoxes wide = new MovieBoxes(encode("jpeg.mov", jpeg, 2));
    int entry = wide.find("moov/trak/mdia/minf/stbl/stsd/jpeg");
    wide.put(entry + 32, 2, 16_384).put(entry + 34, 2, 16_384);
    add("16k.mov", FailureReason.TOO_MANY_PIXELS, wide.bytes());

    MovieBoxes many = new MovieBoxes(good);
    byte[] track = many.copy("moov/trak");
    for (int i = 1; i < STREAMS; i++) {
      many.insertAfter("moov/trak", track);
    }
    add("30-streams.mp4", FailureReason.TOO_MANY_STREAMS, many.bytes());
  }

  private void movie(String name, FailureReason why, byte[] good, String box, byte[] with)
      throws IOException {
    add(name, why, new MovieBoxes(good).replace(box, with).bytes());
  }

  private void addMatroska() throws IOException {
    byte[] good = encode("good.mkv", VideoFormat.mpeg4(), 2);
    byte[] list = MatroskaElements.text("465c", "#EXTM3U\nfile://" + canary.file() + "\n");
    byte[] kind = MatroskaElements.text("4660", "application/vnd.apple.mpegurl");
    byte[] name = MatroskaElements.text("466e", "../../" + canary.file());
    byte[] id = MatroskaElements.number("46ae", 1);
    byte[] attached =
        MatroskaElements.element(
            "1941a469", MatroskaElements.element("61a7", name, kind, list, id));
    add(
        "attachment.mkv",
        FailureReason.FAILURE_REASON_UNSPECIFIED,
        new MatroskaElements(good).insert(attached).bytes());

    byte[] next = MatroskaElements.text("3e83bb", canary.file().toString());
    byte[] previous = MatroskaElements.text("3c83ab", canary.uri());
    byte[] info = MatroskaElements.element("1549a966", next, previous);
    byte[] other = MatroskaElements.element("6e67", new byte[16]);
    byte[] start = MatroskaElements.number("91", 0);
    byte[] chapter =
        MatroskaElements.element("b6", MatroskaElements.number("73c4", 1), start, other);
    byte[] ordered = MatroskaElements.number("45dd", 1);
    byte[] chapters =
        MatroskaElements.element("1043a770", MatroskaElements.element("45b9", ordered, chapter));
    byte[] linked = new MatroskaElements(good).insert(info).insert(chapters).bytes();
    add("linked-segments.mkv", FailureReason.FAILURE_REASON_UNSPECIFIED, linked);

    byte[] zlib = MatroskaElements.element("5034", MatroskaElements.number("4254", 0));
    byte[] scope = MatroskaElements.number("5032", 2);
    byte[] coding =
        MatroskaElements.element("6240", MatroskaElements.number("5031", 0), scope, zlib);
    byte[] codings = MatroskaElements.element("6d80", coding);
    byte[] inflated = MatroskaElements.element("63a2", deflate(BOMB_BYTES));
    byte[] bomb = new MatroskaElements(good).insertIntoTrack(join(codings, inflated)).bytes();
    add("compressed-track.mkv", FailureReason.FAILURE_REASON_UNSPECIFIED, bomb);
  }

  private void addFrameRates() throws IOException {
    VideoFormat fast =
        VideoFormat.mpeg4().withEncoder("mjpeg", "yuvj420p").withTicksPerSecond(100_000);
    MovieBoxes claimed = new MovieBoxes(encode("claim.mov", fast, 20));
    byte[] times = ByteBuffer.allocate(16).putInt(4, 1).putInt(8, 20).putInt(12, 1).array();
    claimed.replace("moov/trak/mdia/minf/stbl/stts", box("stts", times));
    claimed.replace("moov/trak/edts", box("free"));
    add("100000-fps.mov", FailureReason.FAILURE_REASON_UNSPECIFIED, claimed.bytes());
    // Slow on average, and the header says no more than that.
    Path hidden = folder.resolve("100000-fps-hidden.mov");
    writeBlack(hidden, fast, index -> index == 3000 ? 60_000_000L : index * 10L, 3001);
    files.add(new HostileFile(hidden, FailureReason.TOO_MANY_FRAMES, false));

    byte[] wide = encode("sof.avi", fast.withTicksPerSecond(25), 2);
    for (int i = 0; i + 9 < wide.length; i++) {
      if (wide[i] == (byte) 0xff && wide[i + 1] == (byte) 0xc0) {
        wide[i + 5] = 0x40;
        wide[i + 6] = 0;
        wide[i + 7] = 0x40;
        wide[i + 8] = 0;
      }
    }
    // The JPEG decoder does not say which size it refused: the message names both causes.
    add("16k-inside.avi", FailureReason.CORRUPT, wide);
  }

  private static void writeBlack(Path file, VideoFormat format, IntToLongFunction times, int count)
      throws IOException {
    try (VideoWriter writer = new VideoWriter(file, format, 16, 16)) {
      for (int i = 0; i < count; i++) {
        writer.write(new byte[256], times.applyAsLong(i));
      }
    }
  }

  private byte[] encode(String name, VideoFormat format, int frames) throws IOException {
    Path file = folder.resolve(name);
    SyntheticVideo.frames(
        file, format, WIDTH, HEIGHT, 25, frames, index -> new byte[WIDTH * HEIGHT]);
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private void addRefusedBySignature(String name, FailureReason expected, String latin)
      throws IOException {
    files.add(new HostileFile(Files.write(folder.resolve(name), latin(latin)), expected, true));
  }

  private void add(String name, FailureReason expected, byte[] content) throws IOException {
    files.add(new HostileFile(Files.write(folder.resolve(name), content), expected, false));
  }

  private static byte[] references(byte[] entry) {
    return box("dref", ByteBuffer.allocate(8).putInt(4, 1).array(), entry);
  }

  private static byte[] reference(String type, String name) {
    return box(type, new byte[4], name.getBytes(UTF_8), new byte[1]);
  }

  static byte[] deflate(int zeros) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION))) {
      byte[] block = new byte[1 << 16];
      for (int i = 0; i < zeros; i += block.length) {
        deflater.write(block);
      }
    }
    return out.toByteArray();
  }

  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
