package io.framewarden.trainer.archive.export;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outcome of an export.
 *
 * @param files inputs processed
 * @param unreadable of them could not be read
 * @param realFaces faces written that are labelled real
 * @param fakeFaces faces written that are labelled fake
 * @param unlabelledFaces faces written without a label; a trainer ignores them
 * @param skipped every file that gave no faces, and why
 */
public record FaceArchiveSummary(
    int files,
    int unreadable,
    long realFaces,
    long fakeFaces,
    long unlabelledFaces,
    List<SkippedFile> skipped) {

  public FaceArchiveSummary {
    skipped = List.copyOf(skipped);
  }

  /** Faces written. */
  public long faces() {
    return realFaces + fakeFaces + unlabelledFaces;
  }

  /** How many files were skipped for each reason. */
  public Map<String, Integer> skippedByReason() {
    Map<String, Integer> counts = new TreeMap<>();
    skipped.forEach(file -> counts.merge(file.reason(), 1, Integer::sum));
    return counts;
  }
}
