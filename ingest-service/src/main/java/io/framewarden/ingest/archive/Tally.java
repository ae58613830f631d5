package io.framewarden.ingest.archive;

import io.framewarden.ingest.extract.ExtractionResult;
import io.framewarden.v1.FaceLabel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Counts towards a summary. One thread. */
final class Tally {
  private final List<String> withoutFace = new ArrayList<>();
  private final List<FaceArchiveSummary.Failure> failures = new ArrayList<>();
  private long real;
  private long fake;
  private long unlabelled;

  void add(MediaFile file, ExtractionResult result, FaceLabel label) {
    if (result.isFailed()) {
      failures.add(
          new FaceArchiveSummary.Failure(file.name(), result.failure(), result.failureMessage()));
    } else if (result.faceFrames() == 0) {
      withoutFace.add(file.name());
    }
    if (!label.getLabelled()) {
      unlabelled += result.faceFrames();
    } else if (label.getFake()) {
      fake += result.faceFrames();
    } else {
      real += result.faceFrames();
    }
  }

  FaceArchiveSummary summary(int files, Collection<String> unmatched, String digest) {
    return new FaceArchiveSummary(
        files,
        real + fake + unlabelled,
        real,
        fake,
        unlabelled,
        withoutFace,
        failures,
        List.copyOf(unmatched),
        digest);
  }
}
