package io.framewarden.trainer.archive.export;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of an export.
 *
 * @param files inputs looked at
 * @param unreadable of them could not be read
 * @param faces faces written
 * @param realFaces of them labelled real
 * @param fakeFaces of them labelled fake
 * @param unlabelledFaces of them without a label; a trainer passes them over
 * @param skipped every file that gave no faces, and why
 * @param extractionDigest of the recipe that made the faces
 */
public record FaceArchiveSummary(
    int files,
    int unreadable,
    long faces,
    long realFaces,
    long fakeFaces,
    long unlabelledFaces,
    List<SkippedFile> skipped,
    String extractionDigest) {

  public FaceArchiveSummary {
    skipped = List.copyOf(skipped);
  }

  /** How many files were skipped for each reason. */
  public Map<String, Integer> skippedByReason() {
    Map<String, Integer> counts = new TreeMap<>();
    skipped.forEach(file -> counts.merge(file.reason(), 1, Integer::sum));
    return counts;
  }
}
