package io.framewarden.trainer.command;

import io.framewarden.extraction.command.ExtractionOptions;
import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.runtime.config.Settings;
import io.framewarden.trainer.archive.export.ArchiveInputs;
import io.framewarden.trainer.archive.export.FaceArchiveOptions;
import io.framewarden.trainer.archive.export.FolderInputs;
import io.framewarden.trainer.archive.layout.Compression;
import io.framewarden.trainer.archive.layout.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      "Labels come from the layout of a published data set, from a CSV file",
      "(file,label,domain,identity,source_identity,split) or from the folders:",
      "real/... is real, fake/METHOD/... is a forgery of that method, anything else has no label.",
      "In the CSV, file is a path (from IN, from the CSV's own folder, or absolute) or a plain"
          + " name."
    })
public final class FacesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "IN", arity = "1..*", description = "Folders, videos, photographs.")
  private List<Path> inputs;

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      description = {
        "IN is this data set as it was published: ffpp (FaceForensics++), celebdf (Celeb-DF v2),",
        "dfdc, deeperforensics (DeeperForensics-1.0; give the FaceForensics++ folder too), dffd,",
        "diff, or folders (real/ and fake/METHOD/)."
      })
  private Layout layout;

  @Option(
      names = "--compression",
      paramLabel = "NAME",
      description = "Copies of FaceForensics++ videos: c0 (raw), c23 (default) or c40.")
  private Compression compression;

  @Option(names = "--labels", paramLabel = "CSV", description = "Label table with a header row.")
  private Path labels;

  @Option(
      names = "--landmarks",
      paramLabel = "CSV",
      description = {
        "Dense landmarks of photographs in place of those that the program finds:",
        "file,x0,y0,...,x67,y67, the 68 points of the iBUG scheme in pixels."
      })
  private Path landmarks;

  @Option(
      names = "--for-model",
      paramLabel = "DIR",
      description = "Extract what this model takes: its crop, side and pixel format.")
  private Path model;

  @Option(
      names = "--all-faces",
      description = "Keep every face of a photograph, not only the largest.")
  private boolean allFaces;

  @Mixin private ArchiveOptions archive;

  @Mixin private ExtractionOptions extraction;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    FaceArchiveOptions options = archive.options(config()).withLandmarks(landmarks);
    return new ArchiveExportRun(spec.commandLine(), archive.skipped())
        .run(allFaces ? options.withAllFacesOfPhotographs() : options, files());
  }

  private ArchiveInputs files() throws IOException {
    if (layout != null && labels != null) {
      throw new ParameterException(
          spec.commandLine(), "--layout and --labels both say the labels; leave one out");
    }
    if (layout == null && compression != null) {
      throw new ParameterException(
          spec.commandLine(), "--compression belongs to a layout; add --layout ffpp");
    }
    if (layout != null) {
      return layout.read(inputs, compression == null ? Compression.C23 : compression);
    }
    return labels == null ? FolderInputs.of(inputs) : FolderInputs.of(inputs, labels);
  }

  private ExtractionConfig config() {
    Map<String, String> environment = extraction.environment();
    if (model != null) {
      environment.put(ExtractionConfig.FOR_MODEL, model.toString());
    }
    Settings settings = Settings.only(environment, ExtractionConfig.prefixes());
    ExtractionConfig config = ExtractionConfig.from(settings, 1);
    settings.check();
    return config;
  }
}
