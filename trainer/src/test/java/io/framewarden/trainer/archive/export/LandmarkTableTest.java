package io.framewarden.trainer.archive.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.forgery.SyntheticFaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandmarkTableTest {
  private static final DenseLandmarks POINTS = SyntheticFaces.face(1).landmarks();

  @TempDir Path folder;

  @Test
  void rowsAreFoundByNameWithOrWithoutFolders() throws IOException {
    LandmarkTable table = read(header() + row("real/anna.jpg") + row("bob.jpg"));
    assertEquals(POINTS.points(), table.of("real/anna.jpg").orElseThrow().points());
    assertTrue(table.of("deep/below/bob.jpg").isPresent());
    assertTrue(table.of("anna.jpg").isEmpty());
    assertTrue(table.of("carl.jpg").isEmpty());
  }

  @Test
  void mistakesAreToldWithTheirLine() {
    refused("line 1: the header must be file,x0,y0", "file,x,y\n");
    refused("line 3: 3 cells, not 137", header() + row("anna.jpg") + "bob.jpg,1,2\n");
    refused("line 2: is no number", header() + row("anna.jpg").replaceFirst(",[0-9.]+", ",here"));
    refused("line 3: anna.jpg has a row already", header() + row("anna.jpg") + row("anna.jpg"));
    refused("line 2: these landmarks have no extent", header() + "a.jpg" + ",1".repeat(136) + "\n");
  }

  private void refused(String message, String text) {
    var error = assertThrows(LabelTableException.class, () -> read(text));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  private LandmarkTable read(String text) throws IOException {
    return LandmarkTable.read(Files.writeString(folder.resolve("landmarks.csv"), text));
  }

  static String header() {
    StringJoiner cells = new StringJoiner(",", "", "\n").add("file");
    for (int i = 0; i < 68; i++) {
      cells.add("x" + i).add("y" + i);
    }
    return cells.toString();
  }

  static String row(String file) {
    StringJoiner cells = new StringJoiner(",", "", "\n").add(file);
    for (FacePoint point : POINTS.points()) {
      cells.add(Float.toString(point.x())).add(Float.toString(point.y()));
    }
    return cells.toString();
  }
}
