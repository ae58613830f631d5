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
import io.framewarden.trainer.dataset.SplitPeople;
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
    printExpected(inputs);
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
    if (inputs.isLabelled()) {
      printTrainable(summary.faces());
    }
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

  /** What training will say of the archive, as far as it can be known before a long extraction. */
  private void printExpected(ArchiveInputs inputs) {
    if (!inputs.isLabelled()) {
      note(
          "no face has a label; to train on the archive, put the files into real/ and"
              + " fake/METHOD/ or give --labels, and extract them again");
    } else if (inputs.people() < SplitPeople.WANTED) {
      note(
          "these files are of %s at most who are labelled real; training wants %d or more"
              .formatted(SplitPeople.count(inputs.people()), SplitPeople.WANTED));
    }
  }

  /** The same of the faces that were found. */
  private void printTrainable(FaceArchiveSummary.Faces faces) {
    if (faces.count() == 0) {
      note("no face was found: give photographs or videos that show people from the front");
    } else if (faces.real() == 0) {
      note("no real face was found, and training needs some: label files of real people real");
    } else if (faces.people() < SplitPeople.WANTED) {
      note(
          ("the real faces are of %s; training wants %d or more. With fewer it works, but learns"
                  + " little; metrics and thresholds come from one or a few people, and with fewer"
                  + " than four some are left out")
              .formatted(SplitPeople.count(faces.people()), SplitPeople.WANTED));
    }
    if (faces.real() > 0 && faces.fake() == 0 && faces.photographs() == 0) {
      note("there is no fake, and no photograph with landmarks to make pseudo-fakes of");
    }
  }

  private void note(String text) {
    line.getErr().println("note: " + text);
    line.getErr().flush();
  }

  private static String table(FaceArchiveSummary summary) {
    TextTable table =
        new TextTable(
            "FILES",
            "UNREADABLE",
            "SKIPPED",
            "FACES",
            "REAL",
            "PEOPLE",
            "FAKE",
            "NO LABEL",
            "PHOTOS");
    table.row(
        Integer.toString(summary.files()),
        Integer.toString(summary.unreadable()),
        Integer.toString(summary.skipped().size()),
        Long.toString(summary.faces().count()),
        Long.toString(summary.faces().real()),
        Integer.toString(summary.faces().people()),
        Long.toString(summary.faces().fake()),
        Long.toString(summary.faces().unlabelled()),
        Long.toString(summary.faces().photographs()));
    return table.render();
  }
}
