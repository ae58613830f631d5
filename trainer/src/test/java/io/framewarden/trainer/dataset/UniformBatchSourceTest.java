package io.framewarden.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.degradation.DegradationPolicy;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.FaceBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UniformBatchSourceTest {
  @TempDir Path folder;

  @Test
  void everyFaceIsDrawnAsOftenAsAnyOther() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(2).fakes(6, "Deepfakes").fakes(2, "FaceSwap"));
    BatchSource source = source(faces, DataRecipe.paper(), 1);
    Map<String, Integer> drawn = new HashMap<>();
    int oneClass = 0;
    for (long step = 0; step < 200; step++) {
      FaceBatch batch = source.next(step);
      float fakes = 0;
      for (int i = 0; i < batch.size(); i++) {
        drawn.merge(batch.sources().get(i), 1, Integer::sum);
        fakes += batch.labels()[i];
        assertEquals(batch.labels()[i] == 1, batch.domains()[i] > 0);
        assertEquals(batch.labels()[i] == 1, batch.masks()[i] == null);
      }
      oneClass += fakes == batch.size() ? 1 : 0;
    }
    // 2,000 faces, 200 of each expected; the deviation is 13.
    assertEquals(10, drawn.size());
    drawn.forEach((face, count) -> assertEquals(200, count, 55, face));
    assertTrue(oneClass > 5, "with four fakes to a real face, one batch in nine has no real one");
  }

  @Test
  void batchDependsOnSeedAndStepAlone() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(3).fakes(3, "Deepfakes"));
    FaceBatch batch = source(faces, DataRecipe.paper(), 4).next(7);
    FaceBatch again = source(faces, DataRecipe.paper(), 4).next(7);
    assertTrue(Arrays.deepEquals(batch.faces(), again.faces()));
    assertArrayEquals(batch.domains(), again.domains());
    assertFalse(
        batch.sources().equals(source(faces, DataRecipe.paper(), 5).next(7).sources())
            && batch.sources().equals(source(faces, DataRecipe.paper(), 4).next(8).sources()));
  }

  @Test
  void facesAreTheArchivesOwnWithTheirPeople() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(3).fakes(3, "Deepfakes"));
    FaceBatch batch = source(faces, DataRecipe.paper(), 2).next(0);
    for (int i = 0; i < batch.size(); i++) {
      byte[] pixels = batch.faces()[i];
      FaceSample sample =
          faces.faces().stream()
              .filter(face -> Arrays.equals(face.pixels(), pixels))
              .findFirst()
              .orElseThrow();
      assertEquals(sample.identity(), batch.origins().get(i));
      assertEquals(sample.fake() ? 1 : 0, batch.labels()[i]);
    }
  }

  @Test
  void eachFaceIsAugmentedByItself() throws IOException {
    DataRecipe crops =
        new DataRecipe(
            Map.of(),
            List.of(),
            Sampling.UNIFORM,
            Augmentation.CROPS,
            DegradationPolicy.standard());
    FaceSet faces = read(new DrawnArchive().reals(1).fakes(1, "Deepfakes"));
    FaceBatch batch = source(faces, crops, 2).next(0);
    assertEquals(10, Arrays.stream(batch.faces()).map(Arrays::hashCode).distinct().count());
  }

  @Test
  void oneClassAndPseudoFakesAreRefused() throws IOException {
    FaceSet reals = read(new DrawnArchive().reals(3));
    var noFakes = assertThrows(DatasetException.class, () -> source(reals, DataRecipe.paper(), 1));
    assertTrue(noFakes.getMessage().contains("every face to train on is real"));
    Map<String, Double> forge = Map.of("splice", 1.0);
    var forged =
        assertThrows(
            IllegalArgumentException.class, () -> DataRecipe.paper().with(forge, List.of()));
    assertTrue(forged.getMessage().contains("forge none"), forged.getMessage());
  }

  private FaceSet read(DrawnArchive archive) throws IOException {
    return FaceSetReader.read(List.of(archive.write(folder.resolve("faces.fwa"))));
  }

  private static BatchSource source(FaceSet faces, DataRecipe recipe, long seed) {
    return recipe.batches(faces, Domains.of(recipe.mix(), faces), 10, 100, seed);
  }
}
