package io.framewarden.trainer.landmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.trainer.archive.PersonGroups.Side;
import io.framewarden.trainer.forgery.SyntheticFaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandmarkLabelsTest {
  @TempDir Path folder;

  @Test
  void nobodyIsOnTwoSides() throws IOException {
    List<String> rows = new ArrayList<>(List.of("file" + ",p".repeat(2 * DenseLandmarks.POINTS)));
    for (int i = 0; i < 100; i++) {
      rows.add(row(i + ".jpg"));
    }
    LandmarkLabels labels = LandmarkLabels.read(Files.write(folder.resolve("labels.csv"), rows));
    Set<String> all = new TreeSet<>();
    int sum = 0;
    for (Side side : Side.values()) {
      Set<String> files = labels.only(side).byFile().keySet();
      assertTrue(!files.isEmpty(), side + " has nobody");
      all.addAll(files);
      sum += files.size();
    }
    assertEquals(100, all.size());
    assertEquals(100, sum);
  }

  private static String row(String file) {
    StringBuilder row = new StringBuilder(file);
    SyntheticFaces.face(1)
        .landmarks()
        .points()
        .forEach(point -> row.append(',').append(point.x()).append(',').append(point.y()));
    return row.toString();
  }
}
