package io.framewarden.trainer.archive.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedFileTest {
  @TempDir Path folder;

  @Test
  void namesOfFilesAreNoFormulasInASpreadsheet() throws IOException {
    Path table = folder.resolve("skipped.csv");
    SkippedFile.writeTable(
        table,
        List.of(
            new SkippedFile("=HYPERLINK(1).mp4", SkippedFile.MISSING, "-1+2"),
            new SkippedFile("a;=1.mp4", SkippedFile.NO_FACE, "no face")));
    assertEquals(
        List.of(
            "file,reason,message", "'=HYPERLINK(1).mp4,MISSING,'-1+2", "a;'=1.mp4,NO_FACE,no face"),
        Files.readAllLines(table).stream().map(line -> line.replace("\"", "")).toList());
  }
}
