package io.framewarden.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.degradation.AlignmentJitter;
import io.framewarden.trainer.degradation.DegradationPolicy;
import io.framewarden.trainer.degradation.LocatedFace;
import io.framewarden.trainer.training.FaceBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalancedBatchSourceTest {
  private static final ForgeryMix MIX = ForgeryMix.parse(List.of("self-blend", "mouth=2"));
  @TempDir Path folder;

  @Test
  void everyBatchIsHalfRealHalfFakeWithMasks() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(6));
    FaceBatch batch = source(faces, MIX, 7).next(0);
    float fakes = 0;
    for (int i = 0; i < batch.size(); i++) {
      fakes += batch.labels()[i];
      assertEquals(batch.labels()[i] == 1, batch.domains()[i] > 0);
      boolean forged = false;
      for (byte share : batch.masks()[i]) {
        forged |= share != 0;
      }
      assertEquals(batch.labels()[i] == 1, forged);
    }
    assertEquals(4, fakes);
  }

  @Test
  void batchDependsOnSeedAndStepAlone() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(6));
    FaceBatch expected = source(faces, MIX, 7).next(3);
    BalancedBatchSource other = source(faces, MIX, 7);
    other.next(0);
    assertTrue(Arrays.deepEquals(expected.faces(), other.next(3).faces()));
    assertArrayEquals(expected.domains(), other.next(3).domains());
    assertFalse(Arrays.deepEquals(expected.faces(), other.next(4).faces()));
    assertFalse(Arrays.deepEquals(expected.faces(), source(faces, MIX, 8).next(3).faces()));
  }

  @Test
  void prefetchingGivesTheSameBatchesFromAnyStepOn() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(6));
    BalancedBatchSource plain = source(faces, MIX, 7);
    try (var ahead = new PrefetchingBatchSource(source(faces, MIX, 7), 2, 3)) {
      for (long step : new long[] {5, 6, 7, 20}) {
        assertTrue(Arrays.deepEquals(plain.next(step).faces(), ahead.next(step).faces()));
      }
    }
  }

  @Test
  void interruptWaitsForTheBatchAndIsKept() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(6));
    try (var ahead = new PrefetchingBatchSource(source(faces, MIX, 7), 1, 1)) {
      Thread.currentThread().interrupt();
      FaceBatch batch = ahead.next(0);
      assertTrue(Thread.interrupted());
      assertEquals(8, batch.size());
    }
  }

  @Test
  void prefetchingPassesTheSourcesErrorOn() {
    try (var ahead =
        new PrefetchingBatchSource(
            step -> {
              throw new DatasetException("no such face");
            },
            1,
            1)) {
      var error = assertThrows(DatasetException.class, () -> ahead.next(0));
      assertEquals("no such face", error.getMessage());
    }
  }

  @Test
  void aRealFaceAndItsPseudoFakeAreOfOneOrigin() throws IOException {
    FaceBatch batch = source(read(new DrawnArchive().reals(6)), MIX, 7).next(2);
    for (int i = 0; i < batch.size(); i += 2) {
      assertEquals(batch.origins().get(i), batch.origins().get(i + 1));
    }
    assertTrue(Set.copyOf(batch.origins()).size() > 1, batch.origins().toString());
  }

  @Test
  void everyKindOfTheMixAppearsUnderItsNumber() throws IOException {
    BalancedBatchSource source = source(read(new DrawnArchive().reals(6)), MIX, 1);
    Set<Integer> seen = new TreeSet<>();
    for (long step = 0; step < 6; step++) {
      Arrays.stream(source.next(step).domains()).forEach(seen::add);
    }
    assertEquals(Set.of(0, 1, 2), seen);
  }

  @Test
  void labelledFakesComeWithTheirDomainsAndWithoutMasks() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(4).fakes(3, "deepfakes").fakes(1, "other"));
    Domains domains = Domains.of(ForgeryMix.none(), faces);
    assertEquals(List.of("deepfakes", "other"), domains.forgeries());
    FaceBatch batch =
        BalancedBatchSource.of(faces, recipe(ForgeryMix.none()), domains, 16, 100, 3).next(0);
    Set<Integer> seen = new TreeSet<>();
    for (int i = 0; i < batch.size(); i++) {
      seen.add(batch.domains()[i]);
      assertEquals(batch.labels()[i] == 1, batch.masks()[i] == null);
    }
    assertEquals(Set.of(0, 1, 2), seen);
  }

  @Test
  void madeForgeriesJoinLabelledOnes() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(4).fakes(3, "deepfakes"));
    BalancedBatchSource source = source(faces, MIX, 2);
    Set<Integer> seen = new TreeSet<>();
    for (long step = 0; step < 6; step++) {
      Arrays.stream(source.next(step).domains()).forEach(seen::add);
    }
    assertEquals(Set.of(0, 1, 2, 3), seen);
  }

  @Test
  void anOddBatchHasBothClassesAndOneMoreOfEither() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(6));
    BalancedBatchSource source =
        BalancedBatchSource.of(faces, recipe(MIX), Domains.of(MIX, faces), 5, 100, 1);
    Set<Integer> fakes = new TreeSet<>();
    for (long step = 0; step < 12; step++) {
      int count = 0;
      for (float label : source.next(step).labels()) {
        count += (int) label;
      }
      fakes.add(count);
    }
    assertEquals(Set.of(2, 3), fakes);
  }

  @Test
  void withoutAugmentationFacesAreTheArchivesOwn() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(4).fakes(2, "deepfakes"));
    DataRecipe asTheyAre =
        new DataRecipe(
            Map.of(),
            List.of(),
            Sampling.BALANCED,
            Augmentation.NONE,
            DegradationPolicy.standard());
    Domains domains = Domains.of(asTheyAre.mix(), faces);
    FaceBatch batch = asTheyAre.batches(faces, domains, 8, 100, 1).next(3);
    for (int i = 0; i < batch.size(); i++) {
      byte[] face = batch.faces()[i];
      assertTrue(
          faces.faces().stream().anyMatch(one -> Arrays.equals(one.pixels(), face)),
          batch.sources().get(i));
    }
  }

  @Test
  void withoutAugmentationForgedFacesAreThePhotographsAligned() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(6));
    DataRecipe asTheyAre =
        new DataRecipe(
            Map.of("mouth", 1.0, "swap", 1.0),
            List.of("swap"),
            Sampling.BALANCED,
            Augmentation.NONE,
            DegradationPolicy.standard());
    FaceBatch batch =
        BalancedBatchSource.of(faces, asTheyAre, Domains.of(asTheyAre.mix(), faces), 8, 100, 1)
            .next(3);
    List<byte[]> aligned =
        faces.faces().stream()
            .map(FaceSample::photograph)
            .map(one -> new LocatedFace(one.image(), one.landmarks().five()))
            .map(AlignmentJitter.NONE::align)
            .toList();
    for (int i = 0; i < batch.size(); i++) {
      byte[] face = batch.faces()[i];
      boolean known = aligned.stream().anyMatch(one -> Arrays.equals(one, face));
      assertEquals(batch.labels()[i] == 0, known, batch.sources().get(i));
      if (batch.labels()[i] == 1) {
        assertTrue(batch.sources().get(i).startsWith("mouth of "), batch.sources().get(i));
      }
    }
  }

  @Test
  void oneClassAndNothingToForgeIsRefused() throws IOException {
    FaceSet reals = read(new DrawnArchive().reals(3));
    var noFakes = assertThrows(DatasetException.class, () -> source(reals, ForgeryMix.none(), 1));
    assertTrue(noFakes.getMessage().contains("--forge"));
    FaceSet fakes = read(new DrawnArchive().fakes(3, "deepfakes"));
    var noReals = assertThrows(DatasetException.class, () -> source(fakes, MIX, 1));
    assertTrue(noReals.getMessage().contains("no real face"));
  }

  @Test
  void evaluationFacesAreBalancedAndAlwaysTheSame() throws IOException {
    FaceSet faces = read(new DrawnArchive().reals(6));
    List<String> kinds = List.of("splice", "decoder");
    var made = EvaluationFaces.withPseudoFakes(faces, kinds, 4, DegradationPolicy.standard());
    var again = EvaluationFaces.withPseudoFakes(faces, kinds, 4, DegradationPolicy.standard());
    assertEquals(16, made.size());
    assertEquals(8, made.stream().filter(EvaluationFaces.Labelled::fake).count());
    assertEquals(4, made.stream().filter(face -> face.domain().equals("splice")).count());
    for (int i = 0; i < made.size(); i++) {
      assertNotNull(made.get(i).video());
      assertArrayEquals(made.get(i).pixels(), again.get(i).pixels());
    }
  }

  @Test
  void mixesAreCheckedByName() {
    assertThrows(IllegalArgumentException.class, () -> ForgeryMix.parse(List.of("magic")));
    assertThrows(IllegalArgumentException.class, () -> ForgeryMix.parse(List.of("splice=-1")));
    assertThrows(IllegalArgumentException.class, () -> ForgeryMix.parse(List.of("splice=x")));
    assertEquals(List.of("self-blend"), MIX.without(List.of("mouth")).kinds());
  }

  private FaceSet read(DrawnArchive archive) throws IOException {
    return FaceSetReader.read(List.of(archive.write(folder.resolve("faces.fwa"))));
  }

  private static BalancedBatchSource source(FaceSet faces, ForgeryMix mix, long seed) {
    return BalancedBatchSource.of(faces, recipe(mix), Domains.of(mix, faces), 8, 100, seed);
  }

  private static DataRecipe recipe(ForgeryMix mix) {
    return new DataRecipe(
        mix.weights(),
        List.of(),
        Sampling.BALANCED,
        Augmentation.FULL,
        DegradationPolicy.standard());
  }
}
