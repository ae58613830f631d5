package io.framewarden.trainer.landmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.archive.PersonGroups.Side;
import io.framewarden.trainer.dataset.DatasetException;
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
  void readsEachFacesPoints() throws IOException {
    LandmarkLabels labels = read(LandmarkLabels.header(), row("a.jpg", 3.5f), row("b.jpg", 7));
    assertEquals(new FacePoint(3.5f, 3.5f), labels.byFile().get("a.jpg").points().get(67));
    assertEquals(new FacePoint(7, 7), labels.byFile().get("b.jpg").points().get(0));
  }

  @Test
  void aFileWithoutTheHeaderIsRefused() {
    refused("first line", row("a.jpg", 1));
  }

  @Test
  void aRowThatIsCutShortIsNamed() {
    refused("labels.csv:2: 4 columns", LandmarkLabels.header(), "a.jpg,1,2,3");
  }

  @Test
  void whatIsNoNumberIsNamed() {
    refused("labels.csv:3: 'NaN'", LandmarkLabels.header(), row("a", 1), row("b", Float.NaN));
    refused("labels.csv:2: 'x'", LandmarkLabels.header(), row("a", 1).replaceFirst("1.0", "x"));
  }

  @Test
  void aPhotographThatIsLabelledTwiceIsNamed() {
    refused("a.jpg is labelled twice", LandmarkLabels.header(), row("a.jpg", 1), row("a.jpg", 2));
  }

  @Test
  void nobodyIsOnTwoSides() throws IOException {
    List<String> rows = new ArrayList<>(List.of(LandmarkLabels.header()));
    for (int i = 0; i < 100; i++) {
      rows.add(row(i + ".jpg", i));
    }
    LandmarkLabels labels = read(rows.toArray(String[]::new));
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

  private void refused(String message, String... lines) {
    DatasetException refusal = assertThrows(DatasetException.class, () -> read(lines));
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  private LandmarkLabels read(String... lines) throws IOException {
    return LandmarkLabels.read(Files.write(folder.resolve("labels.csv"), List.of(lines)));
  }

  private static String row(String file, float value) {
    return file + ("," + value).repeat(2 * 68);
  }
}
