package io.framewarden.trainer.command;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.archive.export.FaceArchiveOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every command that writes a face archive. */
final class ArchiveOptions {
  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The archive.")
  private Path out;

  @Option(
      names = "--resume",
      description =
          "Resume an interrupted export (Ctrl-C, a kill) of the same inputs; where there is none,"
              + " start.")
  private boolean resume;

  @Option(
      names = "--skipped",
      paramLabel = "CSV",
      description = "Write every file that gave no faces, and why: file,reason,message.")
  private Path skipped;

  /**
   * How the archive is made.
   *
   * @throws UserError when a file that was named cannot be written
   */
  FaceArchiveOptions options(ExtractionConfig extraction) {
    checkFolder(out);
    if (skipped != null) {
      checkFolder(skipped);
    }
    FaceArchiveOptions options = FaceArchiveOptions.of(out).withExtraction(extraction);
    return resume ? options.resuming() : options;
  }

  /** Checked before hours of work, not after. */
  private static void checkFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new UserError(file + ": there is no folder " + folder + "; make it, or name another");
    }
  }

  /** Where the table of skipped files goes, or null. */
  Path skipped() {
    return skipped;
  }
}
