package io.framewarden.benchmarks.fuzz;

import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.testkit.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The good videos that bad ones are made of: short, of one drawn face, in many formats. */
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
  private record Kind(String name, String ending, VideoFormat format) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("mp4-h264", "mp4", encoded("libopenh264")),
          new Kind("webm-vp9", "webm", encoded("libvpx-vp9")),
          new Kind("webm-vp8", "webm", encoded("libvpx")),
          new Kind("mp4-av1", "mp4", encoded("libaom-av1")),
          new Kind("mpg-mpeg1", "mpg", encoded("mpeg1video").ticking(FPS)),
          new Kind("mkv-ffv1", "mkv", VideoFormat.lossless("yuv420p", false)),
          new Kind("avi-mpeg4", "avi", VideoFormat.mpeg4().ticking(FPS)),
          new Kind("ts-mpeg2", "ts", encoded("mpeg2video").ticking(FPS)),
          new Kind("flv-flv1", "flv", encoded("flv")),
          new Kind("mov-mjpeg", "mov", encoded("mjpeg").withEncoder("mjpeg", "yuvj420p")),
          new Kind("mov-prores", "mov", VideoFormat.mpeg4().withEncoder("prores", "yuv422p10le")));

  private FuzzCorpus() {}

  /**
   * Makes the videos.
   *
   * @param folder for files that are deleted again
   * @return their bytes, by format; what this FFmpeg cannot write is left out
   */
  static List<byte[]> make(Path folder) throws IOException {
    List<byte[]> made = new ArrayList<>();
    for (Kind kind : KINDS) {
      if (VideoWriter.canEncode(kind.format.encoder())) {
        Path file = folder.resolve(kind.name + "." + kind.ending);
        SyntheticVideo.drawnFaces(file, kind.format, WIDTH, HEIGHT, FPS, SECONDS, 1);
        made.add(Files.readAllBytes(file));
        Files.delete(file);
      }
    }
    return made;
  }

  private static VideoFormat encoded(String encoder) {
    return VideoFormat.mpeg4().withEncoder(encoder, "yuv420p");
  }
}
