package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.trainer.archive.PersonGroups;
import io.framewarden.trainer.archive.PersonGroups.Side;
import io.framewarden.trainer.archive.export.LandmarkTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Landmarks of photographs that the landmark network is trained on or measured on.
 *
 * @param byFile in the order of the names
 */
record LandmarkLabels(Map<String, DenseLandmarks> byFile) {
  /**
   * Reads labels, as {@link LandmarkTable} has them.
   *
   * @throws IOException if the file cannot be read, or naming the first line that is no label
   */
  static LandmarkLabels read(Path csv) throws IOException {
    return new LandmarkLabels(LandmarkTable.read(csv).byFile());
  }

  /** The labels of the people on one side of the split, which a hash of the file's name decides. */
  LandmarkLabels only(Side side) {
    Map<String, DenseLandmarks> kept = new TreeMap<>();
    byFile.forEach(
        (file, landmarks) -> {
          if (PersonGroups.side(file) == side) {
            kept.put(file, landmarks);
          }
        });
    return new LandmarkLabels(kept);
  }
}
