package io.framewarden.benchmarks;

import io.framewarden.testkit.video.SyntheticVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a cold start to verdicts, as a user waits for them: fresh processes of {@code framewarden
 * moderate} on synthetic clips of 10 s, 720p, 25 frames a second, one person.
 */
public final class EndToEndBench {
  private static final double NANOS = 1e9;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final double FPS = 25;
  private static final double SECONDS = 10;

  private final Path home;
  private final Path folder;
  private final int clips;

  /**
   * @param home where the {@code framewarden} script is: what users start is what is measured
   * @param folder an empty folder for the clips
   * @param clips how many clips the second measurement judges in one call
   */
  public EndToEndBench(Path home, Path folder, int clips) {
    this.home = home;
    this.folder = folder;
    this.clips = clips;
  }

  /**
   * Measures one clip alone, then several in one call.
   *
   * @throws IllegalStateException when a run does not end with a verdict for each clip
   */
  public Measurements run() throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    Path clip = SyntheticVideo.drawnFace(folder.resolve("clip-0.mp4"), WIDTH, HEIGHT, FPS, SECONDS);
    files.add(clip);
    for (int i = 1; i < clips; i++) {
      files.add(Files.copy(clip, folder.resolve("clip-" + i + ".mp4")));
    }
    double one = seconds(files.subList(0, 1));
    double all = seconds(files);
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put("coldStartToVerdictSeconds", one);
    measured.put("clips", (double) clips);
    measured.put("allClipsSeconds", all);
    measured.put("secondsPerClip", all / clips);
    measured.put("secondsPerFurtherClip", clips > 1 ? (all - one) / (clips - 1) : Double.NaN);
    measured.values().removeIf(value -> value.isNaN());
    return new Measurements(measured);
  }

  private double seconds(List<Path> files) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(home.resolve("framewarden").toString(), "moderate"));
    files.forEach(file -> command.add(file.toString()));
    Path log = folder.resolve("moderate.log");
    long start = System.nanoTime();
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    double seconds = (System.nanoTime() - start) / NANOS;
    if (status != 0) {
      throw new IllegalStateException(
          "moderate ended with status " + status + ":\n" + Files.readString(log));
    }
    return seconds;
  }
}
