package io.framewarden.testkit.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Writes videos for tests and benchmarks, the same bytes each time. Stateless. */
public final class SyntheticVideo {
  private static final double MICROS = 1e6;
  private static final double LIMITED_SPAN = 219 / 255.0;

  private SyntheticVideo() {}

  /**
   * Writes a video of one drawn face that moves slowly; the cascade detects it in every frame.
   *
   * @param file .mp4, .mkv, .mov, .ts or .flv
   */
  public static Path drawnFace(Path file, int width, int height, double fps, double seconds)
      throws IOException {
    return drawnFaces(file, VideoFormat.mpeg4(), width, height, fps, seconds, 1);
  }

  /** Writes a video of several people side by side. */
  public static Path drawnFaces(
      Path file, VideoFormat format, int width, int height, double fps, double seconds, int people)
      throws IOException {
    int count = (int) Math.round(fps * seconds);
    return frames(
        file,
        format,
        width,
        height,
        fps,
        count,
        index -> toLimitedRange(faceFrame(width, height, index / fps, people, index)));
  }

  /** Writes a video of the same room without anybody in it. */
  public static Path emptyRoom(Path file, int width, int height, double fps, double seconds)
      throws IOException {
    return drawnFaces(file, VideoFormat.mpeg4(), width, height, fps, seconds, 0);
  }

  /**
   * Writes any frames at a constant rate.
   *
   * @param source frame index to width x height luma codes as the stream stores them
   */
  public static Path frames(
      Path file,
      VideoFormat format,
      int width,
      int height,
      double fps,
      int count,
      IntFunction<byte[]> source)
      throws IOException {
    try (VideoWriter writer = new VideoWriter(file, format, width, height)) {
      for (int i = 0; i < count; i++) {
        writer.write(source.apply(i), Math.round(i * MICROS / fps));
      }
    }
    return file;
  }

  /** One frame of the moving people, gray8 full range. */
  public static byte[] faceFrame(int width, int height, double second, int people, long seed) {
    DrawnFrame canvas = new DrawnFrame(width, height);
    double size = 0;
    for (DrawnFace face : faces(width, height, second, people)) {
      face.drawOn(canvas);
      size = face.size();
    }
    canvas.blur(Math.max(1, (int) Math.round(size / 110)));
    canvas.noise(2.0, seed);
    return canvas.pixels();
  }

  /** Where the people are at a time. */
  public static List<DrawnFace> faces(int width, int height, double second, int people) {
    List<DrawnFace> faces = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      double span = (double) width / people;
      double size = Math.min(340, Math.min(span * 0.62, height * 0.62));
      double x = span * (person + 0.5) + 0.08 * span * Math.sin(1.1 * second + person);
      double y = height * 0.5 + 0.04 * height * Math.cos(0.9 * second + 2 * person);
      faces.add(new DrawnFace(x, y, size));
    }
    return faces;
  }

  /** Converts full-range gray to the luma codes 16 to 235. */
  public static byte[] toLimitedRange(byte[] gray) {
    byte[] codes = new byte[gray.length];
    for (int i = 0; i < gray.length; i++) {
      codes[i] = (byte) Math.round(16 + (gray[i] & 0xff) * LIMITED_SPAN);
    }
    return codes;
  }
}
