package io.framewarden.trainer.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.CommandRun;
import io.framewarden.testkit.video.SyntheticVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FacesCommandTest {
  /** Steers terminals, turns text round, breaks lines. */
  private static final String EVIL = "a\u001b[2J\u001b]0;x\u0007\u009b31m\u202e\nREAL";

  @TempDir Path folder;

  @Test
  void aPublishedDataSetIsExportedWithWhatWasSkipped() throws IOException {
    Path data = celebDf();
    Path out = folder.resolve("celebdf.fwa");
    Path skipped = folder.resolve("skipped.csv");
    CommandRun answer =
        CommandRun.of(
            TrainerMain::run,
            "faces",
            "--layout",
            "celebdf",
            data.toString(),
            "--out",
            out.toString(),
            "--skipped",
            skipped.toString());
    assertEquals(3, answer.status(), answer.err());
    assertTrue(Files.size(out) > 10_000);
    assertTrue(answer.err().contains("TEST_PERSON      1"), answer.err());
    assertTrue(answer.err().contains("YouTube-real/00001.mp4: NOT_A_VIDEO: "), answer.err());
    assertTrue(answer.err().contains(skipped.toString()), answer.err());
    assertTrue(answer.out().contains("FILES  UNREADABLE  SKIPPED  FACES"), answer.out());
    String table = Files.readString(skipped);
    assertTrue(table.startsWith("file,reason,message\n"), table);
    assertTrue(table.contains("\nCeleb-real/id1_0001.mp4,TEST_PERSON,"), table);
    assertEquals(3, table.lines().count(), table);
  }

  @Test
  void anArchiveThatNobodyCanTrainOnIsSaidToBeOne() throws IOException {
    String note = "no face has a label";
    Path file = SyntheticVideo.drawnFace(folder.resolve("a.mp4"), 320, 240, 5, 1);
    CommandRun unlabelled = faces();
    assertEquals(0, unlabelled.status(), unlabelled.err());
    assertTrue(unlabelled.err().contains(note), unlabelled.err());
    Files.delete(folder.resolve("out.fwa"));
    Files.move(file, Files.createDirectory(folder.resolve("real")).resolve("a.mp4"));
    CommandRun real = faces();
    assertEquals(0, real.status(), real.err());
    assertFalse(real.err().contains(note), real.err());
  }

  @Test
  void howManyPeopleTrainingWantsIsSaidBeforeAndAfter() throws IOException {
    Path people = Files.createDirectories(folder.resolve("real"));
    SyntheticVideo.drawnFace(people.resolve("anna.mp4"), 320, 240, 5, 1);
    SyntheticVideo.drawnFace(people.resolve("bob.mp4"), 320, 240, 5, 2);
    Files.writeString(people.resolve("carl.mp4"), "no video");
    CommandRun run = faces();
    String early = "note: these files are of 3 people at most";
    String late = "note: the real faces are of 2 people; training wants 100 or more";
    assertTrue(run.err().indexOf(early) >= 0, run.err());
    assertTrue(run.err().indexOf(late) > run.err().indexOf("carl.mp4: NOT_A_VIDEO"), run.err());
  }

  @Test
  void anArchiveWithoutFacesIsSaidToBeOne() throws IOException {
    Path people = Files.createDirectories(folder.resolve("real"));
    Files.writeString(people.resolve("carl.mp4"), "no video");
    CommandRun run = faces();
    assertTrue(run.err().contains("note: no face was found"), run.err());
  }

  @Test
  void aWrongLayoutIsWrongUsageAndShown() throws IOException {
    Files.createDirectories(folder.resolve("holiday"));
    CommandRun answer = faces("--layout", "dfdc");
    assertEquals(2, answer.status(), answer.err());
    assertTrue(answer.err().contains("dfdc_train_part_0/metadata.json"), answer.err());
    assertTrue(answer.err().contains("holiday/"), answer.err());
    assertFalse(answer.err().contains("\tat "), answer.err());
  }

  @Test
  void optionsThatContradictEachOtherAreNamed() throws IOException {
    Path table = Files.writeString(folder.resolve("l.csv"), "file,label\n");
    CommandRun both = faces("--layout", "ffpp", "--labels", table.toString());
    assertEquals(2, both.status());
    assertTrue(both.err().contains("--layout and --labels"), both.err());
    CommandRun alone = faces("--compression", "c40");
    assertEquals(2, alone.status());
    assertTrue(alone.err().contains("--layout ffpp"), alone.err());
    assertEquals(2, faces("--layout", "imagenet").status());
  }

  private CommandRun faces(String... options) {
    String[] line = new String[options.length + 4];
    line[0] = "faces";
    System.arraycopy(options, 0, line, 1, options.length);
    line[options.length + 1] = folder.toString();
    line[options.length + 2] = "--out";
    line[options.length + 3] = folder.resolve("out.fwa").toString();
    return CommandRun.of(TrainerMain::run, line);
  }

  private Path celebDf() throws IOException {
    Path data = Files.createDirectories(folder.resolve("Celeb-DF-v2"));
    Files.writeString(
        data.resolve("List_of_testing_videos.txt"),
        "1 Celeb-real/id1_0000.mp4\n1 YouTube-real/00001.mp4\n");
    Files.createDirectories(data.resolve("Celeb-real"));
    Files.createDirectories(data.resolve("YouTube-real"));
    SyntheticVideo.drawnFace(data.resolve("Celeb-real/id1_0000.mp4"), 320, 240, 5, 1);
    Files.writeString(data.resolve("Celeb-real/id1_0001.mp4"), "left out anyway");
    Files.writeString(data.resolve("YouTube-real/00001.mp4"), "no video");
    return data;
  }

  @Test
  void errorsShowHostileNames() {
    CommandRun answer =
        CommandRun.of(
            TrainerMain::run, "faces", folder + "/" + EVIL.strip(), "--out", folder + "/x.fwa");
    assertEquals(2, answer.status(), answer.err());
    assertHarmless(answer.err());
    assertTrue(answer.err().contains("a\\u001b[2J\\u001b]0;x\\u0007\\u009b31m"), answer.err());
  }

  @Test
  void filesThatAreSkippedShowTheirNames() throws Exception {
    Path faces = Files.createDirectories(folder.resolve("set"));
    String name = EVIL.replace('\n', '\r') + ".mp4";
    Files.writeString(faces.resolve(name), "no video");
    Path labels = folder.resolve("labels.csv");
    Files.writeString(labels, "file,label\n\"" + name + "\",real\n");
    CommandRun answer =
        CommandRun.of(
            TrainerMain::run,
            "faces",
            faces.toString(),
            "--labels",
            labels.toString(),
            "--out",
            folder.resolve("x.fwa").toString());
    assertHarmless(answer.out());
    assertHarmless(answer.err());
    assertTrue(answer.err().contains("a\\u001b[2J"), answer.err());
  }

  @Test
  void filesThatAreNotThereAreNamed() {
    String missing = folder.resolve("no-videos").toString();
    assertMissing(
        CommandRun.of(TrainerMain::run, "faces", missing, "--out", folder + "/f.fwa"), missing);
    assertMissing(
        CommandRun.of(TrainerMain::run, "faces", folder.toString(), "--out", missing + "/f.fwa"),
        missing);
  }

  private static void assertMissing(CommandRun answer, String named) {
    assertEquals(2, answer.status(), answer.err());
    assertTrue(answer.err().contains(named), answer.err());
    assertFalse(answer.err().contains("\tat "), answer.err());
  }

  private static void assertHarmless(String printed) {
    assertTrue(!printed.isEmpty());
    assertFalse(
        printed.replace("\n", "").matches("(?s).*[\\p{Cc}\\p{Cf}].*"),
        () -> "not harmless: " + printed);
  }
}
