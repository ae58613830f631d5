package io.framewarden.trainer.archive.export;

import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.ArchivedFile;
import io.framewarden.v1.FaceLabel;
import io.framewarden.v1.FailureReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts towards a summary. One thread. */
final class ExportTally {
  private final List<SkippedFile> skipped = new ArrayList<>();
  private int files;
  private int unreadable;
  private final Set<String> people = new HashSet<>();
  private long real;
  private long fake;
  private long unlabelled;
  private long photographs;

  ExportTally(List<SkippedFile> before) {
    skipped.addAll(before);
  }

  /** One more face is in the archive. */
  void countFace(ArchivedFace face) {
    FaceLabel label = face.getLabel();
    photographs += face.hasPhotograph() ? 1 : 0;
    if (!label.getLabelled()) {
      unlabelled++;
    } else if (label.getFake()) {
      fake++;
    } else {
      real++;
      people.add(person(label));
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
    FaceArchiveSummary.Faces faces =
        new FaceArchiveSummary.Faces(real, people.size(), fake, unlabelled, photographs);
    return new FaceArchiveSummary(files, unreadable, faces, skipped);
  }

  /** Whom a trainer takes a face's person to be, as far as the label says it. */
  static String person(FaceLabel label) {
    return label.getIdentity().isBlank() ? label.getSource() : label.getIdentity();
  }
}
