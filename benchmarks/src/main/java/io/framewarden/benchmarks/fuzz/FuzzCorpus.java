package io.framewarden.benchmarks.fuzz;

import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.testkit.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The valid videos that are damaged: short, of one drawn face, in many formats. */
final class FuzzCorpus {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 160;
  private static final int FPS = 25;
  private static final double SECONDS = 0.4;

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
        videos.add(Files.readAllBytes(file));
        Files.delete(file);
      }
    }
    return videos;
  }

  private static VideoFormat format(String encoder) {
    return VideoFormat.mpeg4().withEncoder(encoder, "yuv420p");
  }
}
