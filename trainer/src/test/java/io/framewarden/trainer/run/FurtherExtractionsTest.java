package io.framewarden.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.schemas.model.ModelManifest.Extraction;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.dataset.DrawnArchive;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.evaluation.CalibrationFit.Method;
import io.framewarden.trainer.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FurtherExtractionsTest {
  @TempDir Path folder;
  private Path cascade;

  @BeforeEach
  void writeTheRunsArchive() throws IOException {
    cascade = people("cascade").write(folder.resolve("cascade.fwa"));
  }

  @Test
  void anotherExtractionIsMeasuredOnPeopleWhomNeitherTrainingNorCalibrationSaw()
      throws IOException {
    Path other =
        people("yunet")
            .face("swapped in", true, "swap", "")
            .face("new", false, "", "")
            .write(folder.resolve("yunet.fwa"));
    RunData data = data(cascade);

    List<Extraction> measured = measure(data, plan(List.of(), other));

    assertEquals(List.of("yunet"), measured.stream().map(Extraction::digest).toList());
    assertEquals("drawn", measured.get(0).recipe().path("detector").asText());
    assertEquals(Map.of("reals", 3.0, "fakes", 1.0), measured.get(0).metrics());
  }

  @Test
  void peopleWhomThresholdsOfAnotherArchiveCameFromAreLeftOut() throws IOException {
    Path calibrated =
        new DrawnArchive()
            .extraction("cascade")
            .face("new", false, "", "")
            .face("forged", true, "swap", "")
            .write(folder.resolve("calibrated.fwa"));
    Path other =
        new DrawnArchive()
            .extraction("yunet")
            .face("new", false, "", "")
            .face("newer", false, "", "")
            .write(folder.resolve("yunet.fwa"));

    List<Extraction> measured = measure(data(cascade), plan(List.of(calibrated), other));

    assertEquals(Map.of("reals", 1.0, "fakes", 0.0), measured.get(0).metrics());
  }

  @Test
  void aSecondExtractionThatWasTrainedOnIsMeasuredOnItsTestPeople() throws IOException {
    Path second =
        new DrawnArchive()
            .extraction("yunet")
            .face("a", false, "", "test")
            .face("b", false, "", "train")
            .write(folder.resolve("yunet.fwa"));

    List<Extraction> measured = measure(data(cascade, second), plan(List.of()));

    assertEquals(List.of("yunet"), measured.stream().map(Extraction::digest).toList());
    assertEquals(Map.of("reals", 1.0, "fakes", 0.0), measured.get(0).metrics());
  }

  @Test
  void anArchiveOfTrainingPeopleOnlyIsRefused() throws IOException {
    Path other =
        new DrawnArchive()
            .extraction("yunet")
            .face("p0", false, "", "")
            .write(folder.resolve("yunet.fwa"));
    RunData data = data(cascade);
    var error = assertThrows(DatasetException.class, () -> plan(List.of(), other).check(data));
    assertTrue(error.getMessage().contains("yunet.fwa"), error.getMessage());
    assertTrue(error.getMessage().contains("neither training nor calibration"), error.getMessage());
  }

  @Test
  void anArchiveOfTheRunsOwnExtractionIsRefused() throws IOException {
    RunData data = data(cascade);
    var error = assertThrows(DatasetException.class, () -> plan(List.of(), cascade).check(data));
    assertTrue(error.getMessage().contains("has faces of recipe cascade already"));
  }

  /** Six people to train on, two to calibrate on, two to evaluate on. */
  private static DrawnArchive people(String extraction) {
    DrawnArchive archive = new DrawnArchive().extraction(extraction);
    for (int i = 0; i < 10; i++) {
      archive.face("p" + i, false, "", i < 6 ? "train" : i < 8 ? "validation" : "test");
    }
    return archive;
  }

  private static RunData data(Path... archives) throws IOException {
    return RunData.read(List.of(archives), Recipe.small().data());
  }

  private static CalibrationPlan plan(List<Path> calibrateOn, Path... alsoExtracted) {
    return new CalibrationPlan(
        calibrateOn, Method.PLATT, List.of(), List.of(), List.of(alsoExtracted));
  }

  private static List<Extraction> measure(RunData data, CalibrationPlan plan) throws IOException {
    return plan.furtherExtractions(data).measure(FurtherExtractionsTest::counts);
  }

  private static Map<String, Double> counts(List<Labelled> faces) {
    double fakes = faces.stream().filter(Labelled::fake).count();
    return Map.of("reals", faces.size() - fakes, "fakes", fakes);
  }
}
