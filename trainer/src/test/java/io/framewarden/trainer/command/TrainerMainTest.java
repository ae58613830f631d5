package io.framewarden.trainer.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.CommandRun;
import io.framewarden.trainer.dataset.DrawnArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerMainTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "train-landmarks",
        "train-autoencoders",
        "evaluate",
        "export",
        "faces",
        "dataset"
      })
  void everyCommandExplainsItself(String command) {
    CommandRun help = CommandRun.of(TrainerMain::run, command, "--help");
    assertEquals(0, help.status());
    assertTrue(help.out().contains("Usage: framewarden " + command), help.out());
  }

  @Test
  void noCommandIsWrongUsage() {
    CommandRun run = CommandRun.of(TrainerMain::run);
    assertEquals(2, run.status());
    assertTrue(run.err().contains("--help"), run.err());
  }

  @Test
  void missingArchiveIsNamed() {
    refused("nowhere.fwa", "train", path("nowhere.fwa"), "--out", path("run"));
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void fileThatIsNoArchiveIsNamed() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "these are not faces at all");
    refused("not a face archive", "train", path("notes.txt"), "--out", path("run"));
  }

  @Test
  void unknownKindOfForgeryIsNamed() throws IOException {
    refused("photoshop", "train", archive(40), "--out", path("run"), "--forge", "photoshop");
  }

  @Test
  void onlyRealFacesAndNothingToForgeIsRefused() throws IOException {
    refused("--forge", "train", archive(40), "--out", path("run"), "--forge", "none");
  }

  @Test
  void anArchiveWithoutFacesIsRefusedWithWhatToDo() throws IOException {
    refused("holds no face; give `framewarden faces`", "train", archive(0), "--out", path("run"));
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void forgeriesAloneAreRefusedWithWhatToDo() throws IOException {
    Path fakes = new DrawnArchive().fakes(3, "swap").write(folder.resolve("faces.fwa"));
    refused("no real face to train on", "train", fakes.toString(), "--out", path("run"));
  }

  @Test
  void operatingPointsWithoutAnybodyToChooseThemOnAreRefusedBeforeTraining() throws IOException {
    refused("--calibrate-on", "train", archive(2), "--out", path("run"), "--fpr", "0.02");
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void heldOutDomainMustExist() throws IOException {
    refused(
        "cannot hold out magic",
        "train",
        archive(40),
        "--out",
        path("run"),
        "--hold-out-domain",
        "magic");
  }

  @Test
  void aBatchOfOneIsRefused() throws IOException {
    refused("at least 2, not 1", "train", archive(40), "--out", path("run"), "--batch", "1");
  }

  @Test
  void everyMistakeOfARecipeIsReported() throws IOException {
    Path recipe = Files.writeString(folder.resolve("r.yaml"), "loss: {alpha: 2}\nnetwerk: {}\n");
    String[] train = {"train", archive(40), "--out", path("run"), "--recipe", recipe.toString()};
    refused("line 1: loss.alpha", train);
    refused("line 2: there is no section netwerk", train);
  }

  @Test
  void valueOutOfItsRangeIsNamed() throws IOException {
    refused("width", "train", archive(40), "--out", path("run"), "--width", "-1");
  }

  @Test
  void aBackboneOfOneWidthIsNotScaled() throws IOException {
    refused(
        "width must be 1 for xception",
        "train",
        archive(40),
        "--out",
        path("run"),
        "--backbone",
        "xception",
        "--width",
        "0.5");
  }

  @Test
  void weightsThatAreNoneAreRefusedBeforeThereIsARun() throws IOException {
    Path weights = Files.writeString(folder.resolve("resnet18.pth"), "a pickle of something");
    String[] arguments = {
      "train", archive(40), "--out", path("run"), "--width", "1", "--pretrained"
    };
    refused("no such file", with(arguments, path("nowhere.safetensors")));
    refused("neither a state dict", with(arguments, weights.toString()));
    assertFalse(Files.exists(folder.resolve("run").resolve("run.json")));
  }

  private static String[] with(String[] arguments, String last) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  @Test
  void resumingNeedsARun() throws IOException {
    refused("not a run folder", "train", archive(40), "--out", path("run"), "--resume");
  }

  @Test
  void exportingNeedsARun() {
    refused("not a run folder", "export", path("run"), "--out", path("model"));
  }

  @Test
  void evaluatingNeedsAModel() throws IOException {
    refused("no model artifact", "evaluate", path("model"), "--on", archive(3));
  }

  @Test
  void bootstrapOfAFewResamplesIsRefused() throws IOException {
    refused("20 resamples", "evaluate", path("model"), "--on", archive(3), "--bootstrap", "3");
  }

  private void refused(String message, String... arguments) {
    CommandRun run = CommandRun.of(TrainerMain::run, arguments);
    assertEquals(2, run.status(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertEquals("", run.out(), List.of(arguments).toString());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String archive(int people) throws IOException {
    return new DrawnArchive().reals(people).write(folder.resolve("faces.fwa")).toString();
  }
}
