package io.framewarden.standalone.command.fetch;

import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.runtime.command.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden fetch}: gets the weights of a face detector from their publisher. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Gets the weights of a face detector, which framewarden does not bring, and says how to use"
          + " them.",
      "A file is put in its place when its sha256 is right; one that is there already is left."
    })
public final class FetchCommand implements Callable<Integer> {
  private static final String SUFFIX = ".onnx";

  /** What can be fetched; the names are those that a user types. */
  enum Weights {
    /** The face detector YuNet, the network n for images of any size. */
    yunet(
        "yunet_n_dynamic.onnx",
        "https://raw.githubusercontent.com/ShiqiYu/libfacedetection.train/"
            + "dca340aa082c71081a68d17db8e58b33a58a914b/onnx/yunet_n_dynamic.onnx",
        "104ee26c71d5c270ce79a6b3dced91c91013260d29a6bf18f9296c5b8c4c2b12",
        322_906);

    private final String file;
    private final URI origin;
    private final String sha256;
    private final int bytes;

    Weights(String file, String origin, String sha256, int bytes) {
      this.file = file;
      this.origin = URI.create(origin);
      this.sha256 = sha256;
      this.bytes = bytes;
    }
  }

  @Parameters(paramLabel = "WEIGHTS", description = "${COMPLETION-CANDIDATES}.")
  private Weights weights;

  @Option(
      names = "--to",
      paramLabel = "PATH",
      description = "An " + SUFFIX + " file, or a folder for it (default: the current folder).")
  private Path to = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "URL",
      description = "An http or https URL of the same file (default: its publisher's).")
  private URI from;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Time for the whole download (default ${DEFAULT-VALUE}).")
  private int timeout;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (timeout < 1) {
      throw new ParameterException(spec.commandLine(), "--timeout needs at least a second");
    }
    PinnedFile file =
        new PinnedFile(from == null ? weights.origin : origin(), weights.sha256, weights.bytes);
    Path target = target().toAbsolutePath().normalize();
    boolean fetched = file.fetch(target, Duration.ofSeconds(timeout));
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s is %s%n", target, fetched ? "fetched" : "there already");
    out.printf("For serve, moderate and faces, in the environment or as options:%n");
    out.printf(
        "  %s=%s %s=%s%n", FaceDetectorConfig.DETECTOR, weights, FaceDetectorConfig.MODEL, target);
    out.printf("  --detector %s --detector-model %s%n", weights, target);
    out.flush();
    return ExitStatus.OK;
  }

  private URI origin() {
    String scheme = String.valueOf(from.getScheme());
    if (from.getHost() == null || !scheme.matches("(?i)https?")) {
      throw new ParameterException(
          spec.commandLine(), "--from needs an http or https URL, not " + from);
    }
    return from;
  }

  private Path target() {
    boolean folder = Files.isDirectory(to) || !to.toString().endsWith(SUFFIX);
    return folder ? to.resolve(weights.file) : to;
  }
}
