package io.framewarden.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** The {@code ffmpeg} command of the same FFmpeg build that is linked, as a baseline. */
public final class FfmpegCommand {
  private final Path executable;

  private FfmpegCommand(Path executable) {
    this.executable = executable;
  }

  /**
   * The command, unpacked from its jar; empty where the jar holds none for this machine, or the
   * machine lacks a library that only the command needs.
   */
  public static Optional<FfmpegCommand> find() throws InterruptedException {
    try {
      FfmpegCommand found =
          new FfmpegCommand(Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class)));
      return found.run("-version") == 0 ? Optional.of(found) : Optional.empty();
    } catch (IOException | RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }

  /**
   * Runs it to its end and discards its output.
   *
   * @return its exit status
   */
  public int run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(executable.toString(), "-nostdin"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().put("LD_LIBRARY_PATH", executable.getParent().toString());
    return builder.start().waitFor();
  }
}
