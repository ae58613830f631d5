package io.framewarden.standalone.command;

import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.ingest.archive.FaceArchiveExport;
import io.framewarden.ingest.archive.FaceArchiveOptions;
import io.framewarden.ingest.archive.FaceArchiveSummary;
import io.framewarden.ingest.publish.IngestConfig;
import io.framewarden.runtime.config.Settings;
import io.framewarden.standalone.pipeline.StandaloneConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden faces}: the service's extraction into a file, for the trainer. */
@Command(
    name = "faces",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Extracts aligned faces from videos and photographs into a face archive for the trainer.",
      "",
      "Labels come from a CSV file (file,label,domain,identity,split) or from the folders:",
      "real/... is real, fake/METHOD/... is a forgery of that method, anything else has no label.",
      "In the CSV, file is a path (from IN, from the CSV's own folder, or absolute) or a plain name."
    })
final class FacesCommand implements Callable<Integer> {
  private static final int LISTED = 20;

  @Parameters(paramLabel = "IN", arity = "1..*", description = "Folders, videos, photographs.")
  private List<Path> inputs;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The archive.")
  private Path out;

  @Option(names = "--labels", paramLabel = "CSV", description = "Label table with a header row.")
  private Path labels;

  @Option(
      names = "--all-faces",
      description = "Keep every face of a photograph, not only the largest.")
  private boolean allFaces;

  @Mixin private ExtractionOptions extraction;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = out.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new UserError(out + ": there is no folder " + folder + "; make it, or name another");
    }
    FaceArchiveSummary summary;
    try (ProgressBar bar = bar()) {
      summary =
          new FaceArchiveExport(
                  options(),
                  (done, total, faces) -> {
                    bar.maxHint(total);
                    bar.stepTo(done);
                    bar.setExtraMessage(" " + faces + " faces");
                  })
              .run();
    }
    report(summary);
    return summary.failures().isEmpty() ? ExitStatus.OK : ExitStatus.SOME_REFUSED;
  }

  private FaceArchiveOptions options() {
    Settings settings = new Settings(extraction.environment());
    IngestConfig config = IngestConfig.from(settings);
    settings.tolerate(StandaloneConfig::readWhatOthersRead);
    settings.tolerate(ScorerConfig::from);
    settings.tolerate(VerdictConfig::from);
    settings.check();
    FaceArchiveOptions plain = FaceArchiveOptions.of(inputs, out);
    return new FaceArchiveOptions(
        plain.inputs(),
        plain.output(),
        Optional.ofNullable(labels),
        config.sampling(),
        config.decoding(),
        config.detector(),
        allFaces,
        plain.threads());
  }

  private static ProgressBar bar() {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName("faces")
            .setStyle(ProgressBarStyle.ASCII)
            .clearDisplayOnFinish();
    if (!Progress.onTerminal()) {
      builder.setConsumer(new Progress.Silent());
    }
    return builder.build();
  }

  private void report(FaceArchiveSummary summary) {
    PrintWriter err = spec.commandLine().getErr();
    summary
        .failures()
        .forEach(
            failure ->
                err.println(failure.file() + ": " + failure.reason() + ": " + failure.message()));
    list(err, "no face was found in", summary.withoutFace());
    list(err, "the label table names what no input has:", summary.unmatchedLabels());
    TextTable table =
        new TextTable("FILES", "UNREADABLE", "NO FACE", "FACES", "REAL", "FAKE", "NO LABEL");
    table.row(
        Integer.toString(summary.files()),
        Integer.toString(summary.failures().size()),
        Integer.toString(summary.withoutFace().size()),
        Long.toString(summary.faces()),
        Long.toString(summary.realFaces()),
        Long.toString(summary.fakeFaces()),
        Long.toString(summary.unlabelledFaces()));
    spec.commandLine().getOut().print(table.render());
    spec.commandLine().getOut().flush();
    err.flush();
  }

  private static void list(PrintWriter err, String what, List<String> names) {
    if (!names.isEmpty()) {
      String shown = String.join(", ", names.subList(0, Math.min(LISTED, names.size())));
      String rest = names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "";
      err.println(what + " " + shown + rest);
    }
  }
}
