package io.framewarden.benchmarks.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.benchmarks.EndToEndBench;
import io.framewarden.benchmarks.IdleBench;
import io.framewarden.benchmarks.IngestBench;
import io.framewarden.benchmarks.Measurements;
import io.framewarden.benchmarks.ScorerBench;
import io.framewarden.benchmarks.TorchBench;
import io.framewarden.benchmarks.faces.FaceBench;
import io.framewarden.benchmarks.fuzz.FuzzBench;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.FaceDetectorKind;
import io.framewarden.runtime.command.CountProgress;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.TextTable;
import io.framewarden.standalone.command.PipelineOptions;
import io.framewarden.standalone.command.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code framewarden bench}: measures this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures framewarden on this machine.")
public final class BenchCommand implements Runnable {
  private static final double BARE_SECONDS = 10;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which benchmark? --help lists them");
  }

  @Command(
      name = "end-to-end",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Cold start to verdict for one synthetic clip (10 s, 720p), then for several.")
  int endToEnd(
      @Option(names = "--json", description = "One JSON object with the measurements by name.")
          boolean json,
      @Option(
              names = "--clips",
              defaultValue = "10",
              description = "Clips in the second run (default ${DEFAULT-VALUE}).")
          int clips)
      throws IOException, InterruptedException {
    if (clips < 1) {
      throw new ParameterException(spec.commandLine(), "--clips must be 1 or more, not " + clips);
    }
    try (Workspace workspace = Workspace.open(null)) {
      print(new EndToEndBench(home(), workspace.folder(), clips).run(), json);
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "scorer",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Faces a second of the whole scorer on a real broker against those of its bare engine.",
        "FRAMEWARDEN_SCORER_... variables set batch size, threads and so on as for a detector, but",
        "where none are set, the CPU engine leaves one processor to the broker, which runs here"
            + " too."
      })
  int scorer(
      @Option(names = "--json", description = "One JSON object with the measurements by name.")
          boolean json,
      @Option(
              names = "--faces",
              defaultValue = "20000",
              description = "Faces to score in the pipeline (default ${DEFAULT-VALUE}).")
          int faces,
      @Option(
              names = "--torch",
              paramLabel = "BACKBONE[:WIDTH]",
              description =
                  "Also measure this network in ONNX Runtime and in libtorch, in turns"
                      + " (ortToTorch).")
          String torch,
      @Mixin PipelineOptions options)
      throws IOException, InterruptedException {
    try (Workspace workspace = Workspace.open(null)) {
      ScorerConfig given = options.config(workspace.folder(), 0).scorer();
      ScorerConfig config = given.withEngine(BenchSettings.besideABroker(given.engine()));
      if (faces < 2 * config.transactions().maxRecords()) {
        throw new ParameterException(
            spec.commandLine(),
            "--faces must be at least two transactions, %d, not %d"
                .formatted(2 * config.transactions().maxRecords(), faces));
      }
      Measurements measured;
      try (CountProgress bar = CountProgress.of("scoring", faces)) {
        measured = new ScorerBench(config, workspace.folder(), faces, BARE_SECONDS, bar::at).run();
      }
      if (torch != null) {
        measured = measured.and(new TorchBench(home(), torch, config.batches().size()).run());
      }
      print(measured, json);
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "idle",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Processor time, wake-ups and memory of `framewarden serve` while nobody uploads,",
        "its broker and decoders included."
      })
  int idle(
      @Option(names = "--json", description = "One JSON object with the measurements by name.")
          boolean json,
      @Option(
              names = "--seconds",
              defaultValue = "60",
              description = "For how long is measured (default ${DEFAULT-VALUE}).")
          int seconds,
      @Option(
              names = "--settle",
              defaultValue = "30",
              description = "Seconds before that, once it is ready (default ${DEFAULT-VALUE}).")
          int settle)
      throws IOException, InterruptedException {
    atLeast("--seconds", seconds, 1);
    atLeast("--settle", settle, 0);
    try (Workspace workspace = Workspace.open(null)) {
      print(new IdleBench(home(), workspace.folder(), seconds, settle).run(), json);
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "ingest",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Ingest against its slowest stage, decoder processes against none, decoding against"
            + " ffmpeg.",
        "A synthetic video (720p, two people) goes through a warm decoder process, through this"
            + " process, and",
        "through decoding and face detection alone; and through the ffmpeg command where there is"
            + " one."
      })
  int ingest(
      @Option(names = "--json", description = "One JSON object with the measurements by name.")
          boolean json,
      @Option(
              names = "--seconds",
              defaultValue = "20",
              description = "Length of the video (default ${DEFAULT-VALUE}).")
          int seconds,
      @Option(
              names = "--rounds",
              defaultValue = "5",
              description = "How often each part is measured (default ${DEFAULT-VALUE}).")
          int rounds)
      throws IOException, InterruptedException {
    atLeast("--seconds", seconds, 1);
    atLeast("--rounds", rounds, 1);
    try (Workspace workspace = Workspace.open(null)) {
      print(
          new IngestBench(BenchSettings.ingest(), workspace.folder(), seconds, rounds).run(), json);
    }
    return ExitStatus.OK;
  }

  @Command(
      name = "faces",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Extraction of synthetic scenes against who is where in them.",
        "People crossing, a cut, somebody who comes and goes, a rotated phone, a tiny face, a"
            + " flash: by",
        "the cascade, and by other detectors whose weights are given."
      })
  int faces(
      @Option(names = "--json", description = "One JSON object with the measurements by name.")
          boolean json,
      @Option(names = "--yunet", paramLabel = "FILE", description = "YuNet's .onnx file.")
          Path yunet,
      @Option(
              names = "--mtcnn",
              paramLabel = "FOLDER",
              description = "Folder with pnet.onnx, rnet.onnx and onet.onnx.")
          Path mtcnn)
      throws IOException {
    List<FaceDetectorConfig> detectors = new ArrayList<>(List.of(FaceDetectorConfig.defaults()));
    addDetector(detectors, FaceDetectorKind.YUNET, yunet, "--yunet FILE");
    addDetector(detectors, FaceDetectorKind.MTCNN, mtcnn, "--mtcnn FOLDER");
    try (Workspace workspace = Workspace.open(null)) {
      print(new FaceBench(detectors, workspace.folder()).run(), json);
    }
    return ExitStatus.OK;
  }

  private void addDetector(
      List<FaceDetectorConfig> detectors, FaceDetectorKind kind, Path model, String option) {
    if (model != null) {
      detectors.add(FaceDetectorConfig.of(kind, model));
    } else {
      PrintWriter err = spec.commandLine().getErr();
      err.println(kind + " is left out: it needs weights, give them with " + option);
      err.flush();
    }
  }

  @Command(
      name = "fuzz",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Damaged and lying videos through the decoder processes.",
        "The status is 1 unless every one ended in time in a marker with right counts or a reason"
            + " why not,",
        "one and two decoder threads gave the same where nothing is damaged, and nothing was lost"
            + " or grew:",
        "processes, descriptors, threads, memory, in the service and in its decoders.",
        "FRAMEWARDEN_LOG_LEVEL=info reports progress."
      })
  int fuzz(
      @Option(names = "--json", description = "One JSON object with the measurements by name.")
          boolean json,
      @Option(
              names = "--seed",
              defaultValue = "1",
              description = "The same seed gives the same files (default ${DEFAULT-VALUE}).")
          long seed,
      @Option(
              names = "--n",
              defaultValue = "1000",
              description = "Files (default ${DEFAULT-VALUE}).")
          int files,
      @Option(
              names = "--keep",
              paramLabel = "FOLDER",
              description = "Keep the files that failed, as seed-SEED-upload-NUMBER.")
          Path keep)
      throws IOException, InterruptedException {
    atLeast("--n", files, 10);
    if (keep != null) {
      Files.createDirectories(keep);
    }
    Measurements measured;
    try (Workspace workspace = Workspace.open(null);
        CountProgress bar = CountProgress.of("fuzzing", files)) {
      measured =
          new FuzzBench(BenchSettings.fuzz(), workspace.folder(), seed, files, keep, bar::at).run();
    }
    print(measured, json);
    return measured.values().get("failures") == 0 ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " must be " + least + " or more, not " + value);
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("framewarden.home", ""));
  }

  private void print(Measurements measured, boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode object = new ObjectMapper().createObjectNode();
      measured.values().forEach(object::put);
      out.println(object);
    } else {
      TextTable table = new TextTable("MEASUREMENT", "VALUE");
      measured
          .values()
          .forEach((name, value) -> table.row(name, String.format(Locale.ROOT, "%.3f", value)));
      out.print(table.render());
    }
    out.flush();
  }
}
