package io.framewarden.schemas.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class GoldenWriterTest {
  @TempDir Path folder;

  @Test
  void neverTouchesAFileThatIsThere() throws IOException {
    Path kept = folder.resolve("golden/v1/Verdict.binpb");
    Files.createDirectories(kept.getParent());
    Files.write(kept, new byte[] {1, 2, 3});
    List<Path> written = GoldenWriter.writeMissing(folder, GoldenMessagesTest.contracts());
    assertTrue(written.contains(folder.resolve("golden/v1/Verdict.json")));
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(kept));
    assertEquals(List.of(), GoldenWriter.writeMissing(folder, GoldenMessagesTest.contracts()));
  }

  /** Not a check but the generator itself; the README says when to run it. */
  @Test
  @EnabledIfSystemProperty(named = "framewarden.golden.write", matches = "true")
  void writesTheMissingGoldenFilesIntoTheSourceTree() throws IOException {
    Path resources = Path.of("src/test/resources").toAbsolutePath();
    List<Path> written = GoldenWriter.writeMissing(resources, GoldenMessagesTest.contracts());
    written.forEach(file -> assertTrue(Files.isRegularFile(file)));
  }
}
