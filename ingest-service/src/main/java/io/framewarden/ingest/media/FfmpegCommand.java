package io.framewarden.ingest.media;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** The {@code ffmpeg} command of the same FFmpeg build that is linked, to be measured against. */
public final class FfmpegCommand {
  private FfmpegCommand() {}

  /** The executable, unpacked from its jar; empty where the jar holds none for this machine. */
  public static Optional<Path> find() {
    try {
      return Optional.of(Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class)))
          .filter(Files::isExecutable);
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }
}
