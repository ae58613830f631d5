package io.framewarden.trainer.archive.export;

import io.framewarden.v1.ArchivedFile;
import io.framewarden.v1.FaceLabel;
import io.framewarden.v1.FailureReason;
import java.util.ArrayList;
import java.util.List;

/** Counts towards a summary. One thread. */
final class ExportTally {
  private final List<SkippedFile> skipped = new ArrayList<>();
  private int files;
  private int unreadable;
  private long real;
  private long fake;
  private long unlabelled;

  ExportTally(List<SkippedFile> before) {
    skipped.addAll(before);
  }

  /** One more face is in the archive. */
  void countFace(FaceLabel label) {
    if (!label.getLabelled()) {
      unlabelled++;
    } else if (label.getFake()) {
      fake++;
    } else {
      real++;
    }
  }

  /** One more file is done. */
  void countFile(ArchivedFile file) {
    files++;
    if (file.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED) {
      unreadable++;
      skipped.add(new SkippedFile(file.getSource(), file.getFailure().name(), file.getMessage()));
    } else if (file.getFaces() == 0) {
      skipped.add(
          new SkippedFile(file.getSource(), SkippedFile.NO_FACE, "no face was found in it"));
    }
  }

  FaceArchiveSummary summary() {
    return new FaceArchiveSummary(files, unreadable, real, fake, unlabelled, skipped);
  }
}
