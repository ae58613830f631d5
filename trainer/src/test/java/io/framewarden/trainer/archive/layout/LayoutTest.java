package io.framewarden.trainer.archive.layout;

import static io.framewarden.trainer.archive.layout.DataSetTree.labels;
import static io.framewarden.trainer.archive.layout.DataSetTree.line;
import static io.framewarden.trainer.archive.layout.DataSetTree.skipped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.archive.export.ArchiveInputs;
import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayoutTest {
  @TempDir Path folder;
  private DataSetTree tree;

  @BeforeEach
  void tree() {
    tree = new DataSetTree(folder.resolve("set"));
  }

  @Test
  void faceForensicsHasBothPeopleOfASwapAndTheOfficialSplit() throws IOException {
    faceForensics("c23")
        .files(
            "manipulated_sequences/Deepfakes/c23/videos/999_071.mp4",
            "manipulated_sequences/Deepfakes/c23/videos/071_054_cut.mp4",
            "manipulated_sequences/Deepfakes/c23/masks/videos/071_054.mp4",
            "manipulated_sequences/FaceSwap/c40/videos/071_054.mp4");
    ArchiveInputs inputs = tree.read(Layout.FFPP);
    Map<String, FaceLabel> labels = labels(inputs);
    String fakes = "manipulated_sequences/";
    assertEquals(
        "fake Deepfakes ffpp/071 ffpp/054 train",
        line(labels.get(fakes + "Deepfakes/c23/videos/071_054.mp4")));
    assertEquals(
        "fake FaceShifter ffpp/950 ffpp/836 validation",
        line(labels.get(fakes + "FaceShifter/c23/videos/950_836.mp4")));
    assertEquals(
        "real real ffpp/953 - test",
        line(labels.get("original_sequences/youtube/c23/videos/953.mp4")));
    assertEquals(13, labels.size(), labels.keySet().toString());
    assertEquals(
        Map.of(
            fakes + "Deepfakes/c23/videos/999_071.mp4", "NOT_LISTED",
            fakes + "Deepfakes/c23/videos/071_054_cut.mp4", "UNKNOWN_NAME"),
        skipped(inputs));
    assertNobodyCrosses(labels);
  }

  @Test
  void losslessCopiesAreFoundUnderBothTheirNames() throws IOException {
    faceForensics("raw");
    assertEquals(13, Layout.FFPP.read(List.of(tree.root()), Compression.C0).files().size());
    String message = assertThrows(LayoutException.class, () -> tree.read(Layout.FFPP)).getMessage();
    assertTrue(message.contains("--compression c0"), message);
  }

  @Test
  void actorsOfDeepFakeDetectionGoWhereTheirSwapsGo() throws IOException {
    tree.files(
        "original_sequences/actors/c23/videos/01__exit_phone_room.mp4",
        "original_sequences/actors/c23/videos/02__walking_outside_cafe_disgusted.mp4",
        "original_sequences/actors/c23/videos/07__kitchen_pan.mp4",
        "manipulated_sequences/DeepFakeDetection/c23/videos/01_02__exit_phone_room__X6G2K1VM.mp4");
    Map<String, FaceLabel> labels = labels(tree.read(Layout.FFPP));
    assertEquals(4, labels.size());
    assertEquals(
        1,
        labels.values().stream()
            .filter(l -> !l.getIdentity().equals("dfd/07"))
            .map(FaceLabel::getSplit)
            .distinct()
            .count());
    FaceLabel fake =
        labels.get(
            "manipulated_sequences/DeepFakeDetection/c23/videos/01_02__exit_phone_room__X6G2K1VM"
                + ".mp4");
    assertEquals("dfd/01", fake.getIdentity());
    assertEquals("dfd/02", fake.getSourceIdentity());
    assertNobodyCrosses(labels);
  }

  @Test
  void celebDfTakesOneForRealAndKeepsTestPeopleOutOfTraining() throws IOException {
    tree.write(
            "List_of_testing_videos.txt",
            "1 YouTube-real/00170.mp4\n1 Celeb-real/id1_0007.mp4\n"
                + "0 Celeb-synthesis/id1_id0_0007.mp4\n1 Celeb-real/id9_0001.mp4\n")
        .files(
            "YouTube-real/00170.mp4",
            "YouTube-real/00171.mp4",
            "Celeb-real/id1_0007.mp4",
            "Celeb-real/id1_0008.mp4",
            "Celeb-real/id4_0000.mp4",
            "Celeb-synthesis/id1_id0_0007.mp4",
            "Celeb-synthesis/id4_id0_0003.mp4",
            "Celeb-synthesis/id4_id5_0003.mp4");
    ArchiveInputs inputs = tree.read(Layout.CELEBDF);
    Map<String, FaceLabel> labels = labels(inputs);
    assertEquals(
        "fake Celeb-synthesis celebdf/id1 celebdf/id0 test",
        line(labels.get("Celeb-synthesis/id1_id0_0007.mp4")));
    assertEquals(
        "real real celebdf/youtube-00170 - test", line(labels.get("YouTube-real/00170.mp4")));
    assertEquals(
        Map.of(
            "Celeb-real/id1_0008.mp4", "TEST_PERSON",
            "Celeb-synthesis/id4_id0_0003.mp4", "TEST_PERSON",
            "Celeb-real/id9_0001.mp4", "MISSING"),
        skipped(inputs));
    assertTrue(
        Set.of("train", "validation").contains(labels.get("Celeb-real/id4_0000.mp4").getSplit()));
    assertNobodyCrosses(labels);
  }

  @Test
  void celebDfListReadTheWrongWayRoundIsRefused() throws IOException {
    tree.write("List_of_testing_videos.txt", "0 Celeb-real/id1_0007.mp4\n")
        .files("Celeb-real/id1_0007.mp4");
    String message =
        assertThrows(LayoutException.class, () -> tree.read(Layout.CELEBDF)).getMessage();
    assertTrue(message.contains("line 1") && message.contains("1 is real"), message);
  }

  @Test
  void challengePartsStayWholeAndFakesGoWithTheirOriginals() throws IOException {
    for (int part = 0; part < 12; part++) {
      tree.write(
              "dfdc_train_part_" + part + "/metadata.json",
              """
              {"a%1$d.mp4": {"label": "REAL", "split": "train"},
               "b%1$d.mp4": {"label": "FAKE", "split": "train", "original": "a%1$d.mp4"},
               "c%1$d.mp4": {"label": "FAKE", "split": "train", "original": "gone.mp4"},
               "d%1$d.mp4": {"label": "REAL", "split": "train", "original": null}}
              """
                  .formatted(part))
          .files(
              "dfdc_train_part_" + part + "/a" + part + ".mp4",
              "dfdc_train_part_" + part + "/b" + part + ".mp4",
              "dfdc_train_part_" + part + "/c" + part + ".mp4");
    }
    tree.files("dfdc_train_part_3/extra.mp4");
    ArchiveInputs inputs = tree.read(Layout.DFDC);
    Map<String, FaceLabel> labels = labels(inputs);
    assertEquals(36, labels.size());
    assertEquals("dfdc/a4", labels.get("dfdc_train_part_4/b4.mp4").getIdentity());
    assertEquals("dfdc", labels.get("dfdc_train_part_4/b4.mp4").getDomain());
    for (int part = 0; part < 12; part++) {
      String prefix = "dfdc_train_part_" + part + "/";
      Set<String> splits = new HashSet<>();
      labels.forEach(
          (name, label) -> {
            if (name.startsWith(prefix)) {
              splits.add(label.getSplit());
            }
          });
      assertEquals(1, splits.size(), prefix + splits);
    }
    assertEquals("NOT_LISTED", skipped(inputs).get("dfdc_train_part_3/extra.mp4"));
    assertEquals("MISSING", skipped(inputs).get("dfdc_train_part_3/d3.mp4"));
    assertNobodyCrosses(labels);
  }

  @Test
  void onePartOfTheChallengeMayBeNamedItselfAndItsTestVideosAreKept() throws IOException {
    tree.write("metadata.json", "{\"a.mp4\": {\"label\": \"REAL\", \"split\": \"test\"}}")
        .files("a.mp4");
    assertEquals("real real dfdc/a - test", line(labels(tree.read(Layout.DFDC)).get("a.mp4")));
  }

  @Test
  void deeperForensicsTakesItsTargetsFromFaceForensics() throws IOException {
    tree.write("lists/splits/train.txt", "000_M101.mp4\n001_W102.mp4\n")
        .write("lists/splits/val.txt", "manipulated_videos/end_to_end/002_M103.mp4\n")
        .write("lists/splits/test.txt", "003_W104.mp4\n")
        .files(
            "manipulated_videos/end_to_end/000_M101.mp4",
            "manipulated_videos/end_to_end_level_3/002_M103.mp4",
            "manipulated_videos/reenact_postprocess/003_W104.mp4",
            "manipulated_videos/end_to_end/009_M101.mp4",
            "source_videos/M101/light_up/angry/camera_front/M101_light_up_angry_camera_front.mp4");
    DataSetTree originals = new DataSetTree(folder.resolve("ffpp"));
    originals.files(
        "original_sequences/youtube/c23/videos/000.mp4",
        "original_sequences/youtube/c23/videos/003.mp4",
        "original_sequences/youtube/c23/videos/500.mp4");
    ArchiveInputs inputs =
        Layout.DEEPERFORENSICS.read(List.of(tree.root(), originals.root()), Compression.C23);
    Map<String, FaceLabel> labels = labels(inputs);
    assertEquals(
        List.of(
            "fake DF-VAE ffpp/000 deeperforensics/M101 train",
            "fake DF-VAE ffpp/002 deeperforensics/M103 validation",
            "fake DF-VAE-reenactment ffpp/003 deeperforensics/W104 test",
            "real real ffpp/000 - train",
            "real real ffpp/003 - test"),
        labels.values().stream().map(DataSetTree::line).toList());
    assertEquals(
        Map.of(
            "manipulated_videos/end_to_end/009_M101.mp4", "NOT_LISTED",
            "original_sequences/youtube/c23/videos/500.mp4", "NOT_LISTED"),
        skipped(inputs));
    assertNobodyCrosses(labels);
  }

  @Test
  void diverseFakeFacesAreLabelledByTheirFolders() throws IOException {
    tree.files(
        "ffhq/train/00001.png",
        "faceapp/validation/00001_a.png",
        "stylegan_celeba/test/7.png",
        "youtube/val/000_12.png",
        "notes/readme.png");
    assertEquals(
        List.of(
            "fake faceapp dffd/faceapp/validation/00001_a - validation",
            "real real dffd/ffhq/train/00001 - train",
            "fake stylegan_celeba dffd/stylegan_celeba/test/7 - test",
            "real real dffd/youtube/validation/000_12 - validation"),
        labels(tree.read(Layout.DFFD)).values().stream().map(DataSetTree::line).toList());
  }

  @Test
  void diffusionForgeriesAreLabelledByTheirCondition() throws IOException {
    tree.files(
        "train/T2I/Midjourney/a.png",
        "val/fe/Imagic/b.jpg",
        "test/FS/c.png",
        "test/I2I/LoRA/d.png",
        "test/Real/e.png",
        "test/other/f.png");
    ArchiveInputs inputs = tree.read(Layout.DIFF);
    assertTrue(inputs.files().stream().allMatch(file -> file.photograph()));
    assertEquals(
        List.of("FS test", "I2I test", "real test", "T2I train", "FE validation"),
        labels(inputs).values().stream().map(l -> l.getDomain() + " " + l.getSplit()).toList());
  }

  @Test
  void plainFoldersSplitByPerson() throws IOException {
    for (int person = 0; person < 40; person++) {
      tree.files("real/p" + person + ".mp4", "fake/swap/p" + person + ".png");
    }
    tree.files("elsewhere/x.mp4");
    ArchiveInputs inputs = tree.read(Layout.FOLDERS);
    Map<String, FaceLabel> labels = labels(inputs);
    assertEquals(80, labels.size());
    assertEquals("swap", labels.get("fake/swap/p3.png").getDomain());
    assertEquals(Map.of("elsewhere/x.mp4", "NOT_LISTED"), skipped(inputs));
    assertNobodyCrosses(labels);
  }

  @Test
  void personOnTwoSidesIsNamed() throws IOException {
    tree.files("train/real/anna.mp4", "test/fake/swap/anna.mp4");
    String message =
        assertThrows(LayoutException.class, () -> tree.read(Layout.FOLDERS)).getMessage();
    assertTrue(message.contains("anna is in the splits"), message);
  }

  @ParameterizedTest
  @EnumSource
  void wrongLayoutShowsWhatWasExpectedAndFound(Layout layout) throws IOException {
    tree.files("holiday/beach.mp4", "holiday/notes.txt");
    String message = assertThrows(LayoutException.class, () -> tree.read(layout)).getMessage();
    assertTrue(message.startsWith(tree.root() + ": no "), message);
    assertTrue(message.contains("Expected:\n  "), message);
    assertTrue(message.contains("Found:\n  holiday/\n    beach.mp4"), message);
  }

  @ParameterizedTest
  @EnumSource
  void missingFolderIsNamed(Layout layout) {
    var missing = assertThrows(NoSuchFileException.class, () -> tree.read(layout));
    assertEquals(tree.root().toString(), missing.getFile());
  }

  private DataSetTree faceForensics(String compression) throws IOException {
    tree.write("splits/train.json", "[[\"071\", \"054\"]]")
        .write("splits/val.json", "[[\"950\", \"836\"]]")
        .write("splits/test.json", "[[\"953\", \"974\"]]");
    for (String id : List.of("071", "054", "953")) {
      tree.files("original_sequences/youtube/" + compression + "/videos/" + id + ".mp4");
    }
    for (String method :
        List.of("Deepfakes", "Face2Face", "FaceSwap", "NeuralTextures", "FaceShifter")) {
      String videos = "manipulated_sequences/" + method + "/" + compression + "/videos/";
      tree.files(videos + "071_054.mp4", videos + "950_836.mp4");
    }
    return tree;
  }

  /** Neither as whose video it is, nor as whose face was put in. */
  private static void assertNobodyCrosses(Map<String, FaceLabel> labels) {
    Map<String, String> sides = new HashMap<>();
    labels.forEach(
        (name, label) -> {
          for (String person : List.of(label.getIdentity(), label.getSourceIdentity())) {
            String before = sides.putIfAbsent(person, label.getSplit());
            assertTrue(
                person.isEmpty() || before == null || before.equals(label.getSplit()),
                person + " is in " + before + " and " + label.getSplit());
          }
        });
    assertTrue(
        Set.of("train", "validation", "test")
            .containsAll(labels.values().stream().map(FaceLabel::getSplit).toList()));
  }
}
