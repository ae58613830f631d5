package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.archive.PersonGroups;
import io.framewarden.trainer.archive.PersonGroups.Side;
import io.framewarden.trainer.dataset.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Landmarks of photographs by file name, from a CSV with the header {@code file,x0,y0,...,x67,y67}:
 * pixels of the photograph, the top left corner is (0, 0), in the order of {@link DenseLandmarks}.
 *
 * @param byFile in the order of the names
 */
record LandmarkLabels(Map<String, DenseLandmarks> byFile) {
  private static final int COLUMNS = 1 + 2 * DenseLandmarks.POINTS;

  /** An upper bound for the log-odds of a label: it is a face. */
  private static final float CERTAIN = Float.POSITIVE_INFINITY;

  /**
   * Reads labels.
   *
   * @throws DatasetException naming the first line that is no label
   * @throws IOException if the file cannot be read
   */
  static LandmarkLabels read(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    if (lines.isEmpty() || !lines.get(0).equals(header())) {
      throw new DatasetException(
          csv + ": no landmark labels: the first line must be file,x0,y0,...,x67,y67");
    }
    Map<String, DenseLandmarks> byFile = new TreeMap<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] values = lines.get(i).split(",", -1);
      if (values.length != COLUMNS) {
        throw new DatasetException(
            "%s:%d: %d columns, not %d".formatted(csv, i + 1, values.length, COLUMNS));
      }
      if (byFile.put(values[0], landmarks(csv, i + 1, values)) != null) {
        throw new DatasetException(
            "%s:%d: %s is labelled twice; a photograph shows one face"
                .formatted(csv, i + 1, values[0]));
      }
    }
    return new LandmarkLabels(byFile);
  }

  static String header() {
    StringBuilder header = new StringBuilder("file");
    for (int i = 0; i < DenseLandmarks.POINTS; i++) {
      header.append(",x").append(i).append(",y").append(i);
    }
    return header.toString();
  }

  private static DenseLandmarks landmarks(Path csv, int line, String[] values) {
    List<FacePoint> points = new ArrayList<>();
    for (int column = 1; column < COLUMNS; column += 2) {
      points.add(
          new FacePoint(number(csv, line, values[column]), number(csv, line, values[column + 1])));
    }
    return new DenseLandmarks(points, CERTAIN);
  }

  private static float number(Path csv, int line, String text) {
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, as what is no finite number is.
    }
    throw new DatasetException("%s:%d: '%s' is no coordinate".formatted(csv, line, text));
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
