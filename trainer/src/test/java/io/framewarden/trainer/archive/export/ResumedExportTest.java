package io.framewarden.trainer.archive.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.trainer.archive.FaceArchiveException;
import io.framewarden.trainer.archive.FaceArchiveReader;
import io.framewarden.trainer.archive.FaceArchiveWriter;
import io.framewarden.trainer.archive.layout.Compression;
import io.framewarden.trainer.archive.layout.Layout;
import io.framewarden.v1.ArchivedFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small FaceForensics++ with a bad file, a file without a face and a skipped one. */
class ResumedExportTest {
  @TempDir static Path folder;
  private static Path data;
  private static Path whole;
  private static FaceArchiveSummary expected;
  private static final List<Integer> IGNORED = new ArrayList<>();

  private Path out;
  private Path part;

  @BeforeAll
  static void exportUninterrupted() throws Exception {
    data = folder.resolve("ffpp");
    String originals = "original_sequences/youtube/c23/videos/";
    String fakes = "manipulated_sequences/FaceSwap/c23/videos/";
    face(fakes + "071_054.mp4");
    write(fakes + "054_071.mp4", "no video");
    SyntheticVideo.emptyRoom(parent(originals + "054.mp4"), 320, 240, 5, 1);
    face(originals + "071.mp4");
    write(originals + "555.mp4", "in no list");
    write("train.json", "[[\"071\",\"054\"]]");
    write("val.json", "[]");
    write("test.json", "[]");
    whole = folder.resolve("whole.fwa");
    expected = export(FaceArchiveOptions.of(whole), IGNORED);
  }

  @BeforeEach
  void names() throws IOException {
    out = folder.resolve("resumed.fwa");
    part = FaceArchiveWriter.partFile(out);
    Files.deleteIfExists(out);
    Files.deleteIfExists(part);
  }

  @Test
  void facesOfALayoutCarryItsLabels() throws IOException {
    List<ArchivedFace> faces = read(whole);
    assertEquals(10, faces.size());
    assertEquals("ffpp/071", faces.get(0).getLabel().getIdentity());
    assertEquals("ffpp/054", faces.get(0).getLabel().getSourceIdentity());
    assertEquals("FaceSwap", faces.get(0).getLabel().getDomain());
    assertEquals("train", faces.get(9).getLabel().getSplit());
    assertEquals(4, expected.files());
    assertEquals(5, expected.faces().fake());
    assertEquals("{NOT_A_VIDEO=1, NOT_LISTED=1, NO_FACE=1}", "" + expected.skippedByReason());
  }

  @Test
  void anExportCutAnywhereIsGoneOnWithToTheSameFacesAndSummary() throws Exception {
    byte[] bytes = Files.readAllBytes(whole);
    int[] cuts = {0, 5, 300, bytes.length / 4, bytes.length / 2, bytes.length - 3, bytes.length};
    for (int cut : cuts) {
      Files.write(part, Arrays.copyOf(bytes, cut));
      assertEquals(expected, export(FaceArchiveOptions.of(out).resuming(), IGNORED));
      assertEquals(read(whole), read(out), "cut at " + cut);
      assertFalse(Files.exists(part));
      Files.delete(out);
    }
  }

  @Test
  void whatIsDoneIsNotDoneAgain() throws Exception {
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(part, bytes);
    List<Integer> progress = new ArrayList<>();
    export(FaceArchiveOptions.of(out).resuming(), progress);
    assertEquals(List.of(4), progress);
    assertArrayEquals(bytes, Files.readAllBytes(out));
  }

  @Test
  void anExportThatIsStoppedLeavesWhatItHas() throws Exception {
    RuntimeException stop = new IllegalStateException("stopped");
    assertThrows(
        IllegalStateException.class,
        () ->
            new FaceArchiveExport(
                    FaceArchiveOptions.of(out),
                    inputs(),
                    (done, total, faces) -> {
                      if (done == 3) {
                        throw stop;
                      }
                    })
                .run());
    assertTrue(Files.exists(part));
    String inTheWay =
        assertThrows(FaceArchiveException.class, () -> export(FaceArchiveOptions.of(out), IGNORED))
            .getMessage();
    assertTrue(inTheWay.contains("--resume"), inTheWay);
    List<Integer> progress = new ArrayList<>();
    assertEquals(expected, export(FaceArchiveOptions.of(out).resuming(), progress));
    assertEquals(List.of(3, 4), progress);
  }

  @Test
  void anotherExportIsNotGoneOnWith() throws Exception {
    Files.write(part, Files.readAllBytes(whole));
    Path other = Files.createDirectories(folder.resolve("other/real"));
    SyntheticVideo.drawnFace(other.resolve("a.mp4"), 320, 240, 5, 1);
    ArchiveInputs inputs = FolderInputs.of(List.of(other));
    FaceArchiveOptions options = FaceArchiveOptions.of(out).resuming();
    String message =
        assertThrows(
                FaceArchiveException.class,
                () -> new FaceArchiveExport(options, inputs, (a, b, c) -> {}).run())
            .getMessage();
    assertTrue(message.contains("other inputs"), message);
    assertTrue(Files.exists(part));
  }

  @Test
  void aLargeFileThatIsNoArchiveIsNotOverwritten() throws Exception {
    Files.write(part, new byte[1 << 17]);
    assertThrows(
        FaceArchiveException.class, () -> export(FaceArchiveOptions.of(out).resuming(), IGNORED));
    assertEquals(1 << 17, Files.size(part));
  }

  @Test
  void completeArchiveIsNotMadeAgainByMistake() throws Exception {
    Files.copy(whole, out);
    String message =
        assertThrows(
                FaceArchiveException.class,
                () -> export(FaceArchiveOptions.of(out).resuming(), IGNORED))
            .getMessage();
    assertTrue(message.contains("is complete already"), message);
  }

  private static FaceArchiveSummary export(FaceArchiveOptions options, List<Integer> progress)
      throws IOException, InterruptedException {
    return new FaceArchiveExport(options, inputs(), (done, total, faces) -> progress.add(done))
        .run();
  }

  private static ArchiveInputs inputs() throws IOException {
    return Layout.FFPP.read(List.of(data), Compression.C23);
  }

  private static List<ArchivedFace> read(Path archive) throws IOException {
    List<ArchivedFace> faces = new ArrayList<>();
    try (FaceArchiveReader reader = new FaceArchiveReader(archive)) {
      for (Optional<ArchivedFace> f = reader.next(); f.isPresent(); f = reader.next()) {
        faces.add(f.get());
      }
    }
    return faces;
  }

  private static void face(String name) throws IOException {
    SyntheticVideo.drawnFace(parent(name), 320, 240, 5, 1);
  }

  private static void write(String name, String content) throws IOException {
    Files.writeString(parent(name), content);
  }

  private static Path parent(String name) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }
}
