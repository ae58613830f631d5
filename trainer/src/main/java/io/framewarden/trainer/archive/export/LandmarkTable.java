package io.framewarden.trainer.archive.export;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Dense landmarks of photographs from a CSV file: a header row {@code file,x0,y0,...,x67,y67}, then
 * a row for each photograph, in pixels of the upright photograph, in the order of {@link
 * DenseLandmarks}. {@code file} is the file's name, with or without folders. Immutable; any number
 * of threads.
 */
public final class LandmarkTable {
  private static final int COLUMNS = 1 + 2 * DenseLandmarks.POINTS;

  private final Map<String, DenseLandmarks> rows;

  private LandmarkTable(Map<String, DenseLandmarks> rows) {
    this.rows = Collections.unmodifiableMap(new TreeMap<>(rows));
  }

  /**
   * Reads a table.
   *
   * @throws LabelTableException naming the line and what is wrong with it
   */
  public static LandmarkTable read(Path table) throws IOException {
    Map<String, DenseLandmarks> rows = new TreeMap<>();
    try (BufferedReader lines = Files.newBufferedReader(table)) {
      String header = lines.readLine();
      if (header == null || header.split(",", -1).length != COLUMNS) {
        throw new LabelTableException(
            table, 1, "the header must be file,x0,y0,...,x67,y67: " + COLUMNS + " columns");
      }
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          add(table, number, line.split(",", -1), rows);
        }
      }
    }
    return new LandmarkTable(rows);
  }

  /** All landmarks by the file's name as the table has it, in the order of the names. */
  public Map<String, DenseLandmarks> byFile() {
    return rows;
  }

  /** The landmarks of an input, by its name in the data set or by its plain file name. */
  Optional<DenseLandmarks> of(String name) {
    String plain = name.substring(name.lastIndexOf('/') + 1);
    return Optional.ofNullable(rows.getOrDefault(name, rows.get(plain)));
  }

  private static void add(Path table, int line, String[] cells, Map<String, DenseLandmarks> rows)
      throws LabelTableException {
    if (cells.length != COLUMNS) {
      throw new LabelTableException(
          table, line, "%d cells, not %d".formatted(cells.length, COLUMNS));
    }
    List<FacePoint> points = new ArrayList<>();
    try {
      for (int i = 1; i < COLUMNS; i += 2) {
        points.add(new FacePoint(Float.parseFloat(cells[i]), Float.parseFloat(cells[i + 1])));
      }
      String name = cells[0].strip().replace('\\', '/');
      if (rows.put(name, DenseLandmarks.known(points)) != null) {
        throw new LabelTableException(table, line, name + " has a row already");
      }
    } catch (NumberFormatException e) {
      throw new LabelTableException(table, line, "is no number: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new LabelTableException(table, line, e.getMessage());
    }
  }
}
