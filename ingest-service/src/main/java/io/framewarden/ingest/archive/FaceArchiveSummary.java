package io.framewarden.ingest.archive;

import io.framewarden.v1.FailureReason;
import java.util.List;

/**
 * What became of an export.
 *
 * @param files inputs looked at
 * @param faces faces written
 * @param realFaces of them labelled real
 * @param fakeFaces of them labelled fake
 * @param unlabelledFaces of them without a label; a trainer passes them over
 * @param withoutFace names of readable files in which no face was found
 * @param failures files that could not be read
 * @param unmatchedLabels names in the label table that no input has
 * @param extractionDigest of the recipe that made the faces
 */
public record FaceArchiveSummary(
    int files,
    long faces,
    long realFaces,
    long fakeFaces,
    long unlabelledFaces,
    List<String> withoutFace,
    List<Failure> failures,
    List<String> unmatchedLabels,
    String extractionDigest) {

  /** A file that could not be read, and why. */
  public record Failure(String file, FailureReason reason, String message) {}

  public FaceArchiveSummary {
    withoutFace = List.copyOf(withoutFace);
    failures = List.copyOf(failures);
    unmatchedLabels = List.copyOf(unmatchedLabels);
  }
}
