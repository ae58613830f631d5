package io.framewarden.trainer.command;

import io.framewarden.runtime.command.CountProgress;
import io.framewarden.runtime.command.ExitStatus;
import io.framewarden.runtime.command.TextTable;
import io.framewarden.schemas.text.VisibleText;
import io.framewarden.trainer.archive.export.ArchiveInputs;
import io.framewarden.trainer.archive.export.FaceArchiveExport;
import io.framewarden.trainer.archive.export.FaceArchiveOptions;
import io.framewarden.trainer.archive.export.FaceArchiveSummary;
import io.framewarden.trainer.archive.export.SkippedFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Exports an archive with a progress bar, and prints its summary. */
final class ArchiveExportRun {
  /** More skipped files than this are only counted on the terminal. */
  private static final int MAX_LISTED = 20;

  private final CommandLine line;
  private final Path skippedTable;

  /**
   * @param skippedTable where every skipped file is written, or null
   */
  ArchiveExportRun(CommandLine line, Path skippedTable) {
    this.line = line;
    this.skippedTable = skippedTable;
  }

  /** Runs the export; returns the exit status. */
  int run(FaceArchiveOptions options, ArchiveInputs inputs)
      throws IOException, InterruptedException {
    FaceArchiveSummary summary;
    Thread hook = new Thread(this::printResume, "interrupt-handler");
    Runtime.getRuntime().addShutdownHook(hook);
    try (CountProgress bar = CountProgress.of("faces", inputs.files().size())) {
      summary =
          new FaceArchiveExport(
                  options, inputs, (done, total, faces) -> bar.at(done, faces + " faces"))
              .run();
    } finally {
      removeHook(hook);
    }
    printSkipped(summary);
    line.getOut().print(table(summary));
    line.getOut().flush();
    printUnlabelled(summary);
    return summary.unreadable() == 0 ? ExitStatus.OK : ExitStatus.SOME_REFUSED;
  }

  private void printResume() {
    line.getErr().println("stopped; the same command with --resume continues where it was");
    line.getErr().flush();
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // shutting down: the hook has printed it already
    }
  }

  private void printSkipped(FaceArchiveSummary summary) throws IOException {
    List<SkippedFile> skipped = summary.skipped();
    if (skippedTable != null) {
      SkippedFile.writeTable(skippedTable, skipped);
    }
    if (skipped.isEmpty()) {
      return;
    }
    PrintWriter err = line.getErr();
    if (skipped.size() <= MAX_LISTED) {
      skipped.forEach(
          file ->
              err.println(
                  VisibleText.of(file.file() + ": " + file.reason() + ": " + file.message())));
    }
    TextTable counts = new TextTable("SKIPPED BECAUSE", "FILES");
    summary
        .skippedByReason()
        .forEach((reason, count) -> counts.row(reason, Integer.toString(count)));
    err.print(counts.render());
    if (skippedTable != null) {
      err.println("all of them are listed in " + skippedTable);
    } else if (skipped.size() > MAX_LISTED) {
      err.println("with --skipped FILE.csv all of them are listed there");
    }
    err.flush();
  }

  /** Printed now: training would refuse the archive only later, after a long extraction. */
  private void printUnlabelled(FaceArchiveSummary summary) {
    if (summary.faces() > 0 && summary.unlabelledFaces() == summary.faces()) {
      line.getErr()
          .println(
              "no face has a label; to train on the archive, put the files into real/ and"
                  + " fake/METHOD/ or give --labels, and extract them again");
      line.getErr().flush();
    }
  }

  private static String table(FaceArchiveSummary summary) {
    TextTable table =
        new TextTable("FILES", "UNREADABLE", "SKIPPED", "FACES", "REAL", "FAKE", "NO LABEL");
    table.row(
        Integer.toString(summary.files()),
        Integer.toString(summary.unreadable()),
        Integer.toString(summary.skipped().size()),
        Long.toString(summary.faces()),
        Long.toString(summary.realFaces()),
        Long.toString(summary.fakeFaces()),
        Long.toString(summary.unlabelledFaces()));
    return table.render();
  }
}
