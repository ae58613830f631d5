package io.framewarden.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.archive.FaceArchiveException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceSetReaderTest {
  @TempDir Path folder;

  @Test
  void readsFacesWithTheirLabelsAndProvenance() throws IOException {
    Path one = new DrawnArchive().reals(3).unlabelled().write(folder.resolve("one.fwa"));
    Path two = new DrawnArchive().fakes(2, "swap").write(folder.resolve("two.fwa"));
    FaceSet faces = FaceSetReader.read(List.of(one, two));
    assertEquals(3, faces.reals().size());
    assertEquals(2, faces.fakes().size());
    assertEquals(List.of("swap"), faces.fakeDomains());
    assertEquals(FaceSet.REAL, faces.reals().get(0).domain());
    assertEquals("p1", faces.reals().get(1).identity());
    assertEquals(1, faces.unlabelled());
    assertEquals(Map.of("d1".repeat(32), "{\"detector\":\"drawn\"}"), faces.extractions());
  }

  @Test
  void contentDigestTellsDataApart() throws IOException {
    Path one = new DrawnArchive().reals(3).write(folder.resolve("one.fwa"));
    Path two = new DrawnArchive().reals(4).write(folder.resolve("two.fwa"));
    assertEquals(digest(one), digest(one));
    assertNotEquals(digest(one), digest(two));
  }

  @Test
  void groupsAreKnownByPersonAndDecideNothingThatIsTrained() throws IOException {
    Path plain = new DrawnArchive().reals(2).write(folder.resolve("plain.fwa"));
    Path grouped = new DrawnArchive().group("age", "old").reals(2).write(folder.resolve("g.fwa"));
    assertEquals(Map.of(), FaceSetReader.read(List.of(plain)).groups());
    assertEquals(
        Map.of("p0", Map.of("age", "old"), "p1", Map.of("age", "old")),
        FaceSetReader.read(List.of(grouped)).groups());
    assertEquals(digest(plain), digest(grouped));
  }

  @Test
  void everyFaceKnowsTheExtractionOfItsArchive() throws IOException {
    Path one = new DrawnArchive().extraction("ff").reals(1).write(folder.resolve("one.fwa"));
    Path two = new DrawnArchive().extraction("ee").reals(2).write(folder.resolve("two.fwa"));
    FaceSet faces = FaceSetReader.read(List.of(one, two));
    assertEquals(List.of("ff", "ee"), List.copyOf(faces.extractions().keySet()));
    assertEquals(
        List.of("ff", "ee", "ee"),
        faces.faces().stream().map(FaceSample::extractionDigest).toList());
  }

  @Test
  void archiveWithoutLabelsIsRefused() throws IOException {
    Path one = new DrawnArchive().unlabelled().write(folder.resolve("one.fwa"));
    var error = assertThrows(DatasetException.class, () -> FaceSetReader.read(List.of(one)));
    assertTrue(error.getMessage().contains("one.fwa"));
  }

  @Test
  void facesOfAnotherSizeAreRefused() throws IOException {
    Path one = new DrawnArchive().ofSide(64).write(folder.resolve("one.fwa"));
    var error = assertThrows(DatasetException.class, () -> FaceSetReader.read(List.of(one)));
    assertTrue(error.getMessage().contains("gray8 64x64"), error.getMessage());
  }

  @Test
  void missingArchiveIsNamed() {
    Path absent = folder.resolve("absent.fwa");
    var error = assertThrows(FaceArchiveException.class, () -> FaceSetReader.read(List.of(absent)));
    assertTrue(error.getMessage().contains("absent.fwa"));
  }

  private static String digest(Path archive) throws IOException {
    return FaceSetReader.read(List.of(archive)).contentDigest();
  }
}
