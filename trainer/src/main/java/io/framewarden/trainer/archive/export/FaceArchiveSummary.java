package io.framewarden.trainer.archive.export;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outcome of an export.
 *
 * @param files inputs processed
 * @param unreadable of them could not be read
 * @param faces the faces written
 * @param skipped every file that gave no faces, and why
 */
public record FaceArchiveSummary(
    int files, int unreadable, Faces faces, List<SkippedFile> skipped) {

  /**
   * What was written.
   *
   * @param real faces that are labelled real
   * @param people how many people these are of
   * @param fake faces that are labelled fake
   * @param unlabelled faces without a label; a trainer ignores them
   * @param photographs of them all, those with a photograph to make pseudo-fakes of
   */
  public record Faces(long real, int people, long fake, long unlabelled, long photographs) {
    /** All of them. */
    public long count() {
      return real + fake + unlabelled;
    }
  }

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
