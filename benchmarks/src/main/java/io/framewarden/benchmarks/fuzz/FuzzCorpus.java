package io.framewarden.benchmarks.fuzz;

import io.framewarden.testkit.video.Remux;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.testkit.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The valid videos that are damaged: short, of one drawn face, in many formats, some of them small
 * or with two streams.
 */
final class FuzzCorpus {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 160;
  private static final int FPS = 25;
  private static final double SECONDS = 0.4;

  /** When a second stream begins. */
  private static final long LATER_US = 200_000;

  /** First bytes that differ from container to container, and from file to file not. */
  private static final int MAGIC = 3;

  /**
   * A format.
   *
   * @param name container and codec
   */
  private record Kind(String name, String extension, VideoFormat format) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("mp4-h264", "mp4", format("libopenh264")),
          new Kind("webm-vp9", "webm", format("libvpx-vp9")),
          new Kind("webm-vp8", "webm", format("libvpx")),
          new Kind("mp4-av1", "mp4", format("libaom-av1")),
          new Kind("mpg-mpeg1", "mpg", format("mpeg1video").withTicksPerSecond(FPS)),
          new Kind("mkv-ffv1", "mkv", VideoFormat.lossless("yuv420p", false)),
          new Kind("avi-mpeg4", "avi", VideoFormat.mpeg4().withTicksPerSecond(FPS)),
          new Kind("ts-mpeg2", "ts", format("mpeg2video").withTicksPerSecond(FPS)),
          new Kind("flv-flv1", "flv", format("flv")),
          new Kind("gif", "gif", image("gif", "gray")),
          new Kind("apng", "apng", image("apng", "gray")),
          new Kind("avif-av1", "avif", image("libaom-av1", "yuv420p")),
          new Kind("mov-mjpeg", "mov", format("mjpeg").withEncoder("mjpeg", "yuvj420p")),
          new Kind("mov-prores", "mov", VideoFormat.mpeg4().withEncoder("prores", "yuv422p10le")));

  private FuzzCorpus() {}

  /**
   * Encodes the videos.
   *
   * @param folder for files that are deleted again
   * @return their bytes, by format; what this FFmpeg cannot write is left out
   */
  static List<byte[]> encode(Path folder) throws IOException {
    List<byte[]> videos = new ArrayList<>();
    for (Kind kind : KINDS) {
      if (VideoWriter.canEncode(kind.format.encoder())) {
        Path file = folder.resolve(kind.name + "." + kind.extension);
        SyntheticVideo.drawnFaces(file, kind.format, WIDTH, HEIGHT, FPS, SECONDS, 1);
        videos.add(taken(file));
      }
    }
    addSmallAndDouble(folder, videos);
    return videos;
  }

  /** What other videos are joined with, and what has a second stream or program. */
  private static void addSmallAndDouble(Path folder, List<byte[]> videos) throws IOException {
    Path face = folder.resolve("face.mkv");
    Path room = folder.resolve("room.mkv");
    VideoFormat mpeg4 = VideoFormat.mpeg4();
    SyntheticVideo.drawnFaces(face, mpeg4, WIDTH, HEIGHT, FPS, SECONDS, 1);
    SyntheticVideo.drawnFaces(room, mpeg4, WIDTH / 2, HEIGHT / 2, FPS, SECONDS, 0);
    for (String extension : List.of("ts", "mkv", "mp4")) {
      Path small = remux().stream(room).write(folder.resolve("small." + extension));
      videos.add(taken(small));
      boolean programs = extension.equals("ts");
      Path both =
          remux().stream(face, us -> us, 0, programs ? 1 : 0).stream(
                  room, us -> us + LATER_US, 0, programs ? 2 : 0)
              .write(folder.resolve("double." + extension));
      videos.add(taken(both));
    }
    Path flash = folder.resolve("small.flv");
    SyntheticVideo.drawnFaces(flash, format("flv"), WIDTH / 2, HEIGHT / 2, FPS, SECONDS, 0);
    videos.add(taken(flash));
    Files.delete(face);
    Files.delete(room);
  }

  /** Without the random numbers that a muxer would put into each file. */
  private static Remux remux() {
    return new Remux().option("fflags", "+bitexact");
  }

  /** Whether two files are of the same container, by how they begin. */
  static boolean isAlike(byte[] one, byte[] other) {
    return Arrays.equals(one, 0, MAGIC, other, 0, MAGIC);
  }

  private static byte[] taken(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  /** An animated image, whose clock counts hundredths of a second. */
  private static VideoFormat image(String encoder, String pixelFormat) {
    return VideoFormat.mpeg4().withEncoder(encoder, pixelFormat).withTicksPerSecond(100);
  }

  private static VideoFormat format(String encoder) {
    return VideoFormat.mpeg4().withEncoder(encoder, "yuv420p");
  }
}
