package io.framewarden.trainer.archive.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.trainer.archive.FaceArchiveReader;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.Box;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class FaceArchiveExportTest {
  @TempDir Path folder;

  @Test
  void folderLayoutLabelsEachFaceAndBadFilesAreListed() throws Exception {
    Path data = folder.resolve("data");
    face(data.resolve("real/anna.mp4"));
    face(data.resolve("fake/swap/anna_bob.mp4"));
    photograph(data.resolve("train/real/carl.png"));
    face(data.resolve("other/dora.mp4"));
    Files.writeString(data.resolve("real/broken.mp4"), "no video");
    List<Integer> progress = new ArrayList<>();
    Path out = folder.resolve("out.faces");
    FaceArchiveSummary summary =
        new FaceArchiveExport(
                FaceArchiveOptions.of(out),
                FolderInputs.of(List.of(data)),
                (done, total, faces) -> progress.add(done * 10 + total))
            .run();
    assertEquals(List.of(15, 25, 35, 45, 55), progress);
    assertEquals(List.of("real/broken.mp4"), skipped(summary));
    assertEquals(Map.of(FailureReason.NOT_A_VIDEO.name(), 1), summary.skippedByReason());
    assertEquals(1, summary.unreadable());
    assertEquals(5, summary.faces().fake());
    assertEquals(6, summary.faces().real());
    assertEquals(2, summary.faces().people());
    assertEquals(5, summary.faces().unlabelled());
    List<ArchivedFace> faces = read(out, summary);
    assertEquals("fake/swap/anna_bob.mp4", faces.get(0).getLabel().getSource());
    assertEquals("swap", faces.get(0).getLabel().getDomain());
    assertTrue(faces.get(0).getLabel().getFake());
    assertFalse(faces.get(5).getLabel().getLabelled());
    assertEquals("anna", faces.get(10).getLabel().getIdentity());
    assertEquals("train", faces.get(15).getLabel().getSplit());
  }

  @Test
  void photographsAreReadByTheirBytesAndNeverAsASeries() throws Exception {
    Path data = folder.resolve("photographs");
    photograph(data.resolve("a.png"));
    photograph(data.resolve("b.jpg"));
    Files.copy(data.resolve("b.jpg"), data.resolve("c.png"));
    Files.copy(data.resolve("b.jpg"), data.resolve("d-%03d.jpg"));
    Files.writeString(data.resolve("e.jpg"), "#EXTM3U\nb.jpg\n");
    Path out = folder.resolve("photographs.faces");
    FaceArchiveSummary summary = export(data, out, Optional.empty());
    assertEquals(4, summary.faces().count(), summary.toString());
    assertEquals(List.of("e.jpg"), skipped(summary));
  }

  @Test
  void aRealFaceIsKeptWithTheLandmarksThatTheNetworkFinds() throws Exception {
    Path data = folder.resolve("set");
    photograph(data.resolve("real/anna.png"));
    photograph(data.resolve("fake/swap/bob.png"));
    Path out = folder.resolve("found.faces");
    FaceArchiveSummary summary = export(data, out, Optional.empty());
    assertEquals(2, summary.faces().count());
    assertEquals(1, summary.faces().photographs());
    for (ArchivedFace face : read(out, summary)) {
      assertEquals(!face.getLabel().getFake(), face.hasPhotograph());
      if (face.hasPhotograph()) {
        Point nose = face.getPhotograph().getLandmarks(DenseLandmarks.NOSE_TIP);
        Box box = face.getFrame().getBox();
        assertTrue(Math.abs(nose.getX() - box.getX() - box.getWidth() / 2) < box.getWidth() / 2);
        assertTrue(Math.abs(nose.getY() - box.getY() - box.getHeight() / 2) < box.getHeight() / 2);
      }
    }
  }

  /** Nothing is detected where the table says the face is: the white image has no face to find. */
  @Test
  void aPhotographWithKnownLandmarksIsKeptWithThem() throws Exception {
    Path data = folder.resolve("photographs");
    photograph(data.resolve("found.png"));
    BufferedImage white = new BufferedImage(224, 224, BufferedImage.TYPE_INT_RGB);
    white.createGraphics().fillRect(0, 0, 224, 224);
    ImageIO.write(white, "jpg", data.resolve("known.jpg").toFile());
    Path table =
        Files.writeString(
            folder.resolve("landmarks.csv"),
            LandmarkTableTest.header() + LandmarkTableTest.row("known.jpg"));
    Path out = folder.resolve("kept.faces");
    FaceArchiveOptions options = FaceArchiveOptions.of(out).withLandmarks(table);
    FaceArchiveSummary summary =
        new FaceArchiveExport(options, FolderInputs.of(List.of(data)), (done, all, faces) -> {})
            .run();
    assertEquals(2, summary.faces().count());
    assertEquals(1, summary.faces().photographs());
    List<ArchivedFace> faces = read(out, summary);
    assertFalse(faces.get(0).hasPhotograph());
    ArchivedFace known = faces.get(1);
    assertEquals(68, known.getPhotograph().getLandmarksCount());
    assertEquals(Files.size(data.resolve("known.jpg")), known.getPhotograph().getImage().size());
    assertEquals(5, known.getFrame().getLandmarksCount());
  }

  @Test
  void aTableLabelsFilesAndNamesWhatItMissed() throws Exception {
    Path data = folder.resolve("set");
    face(data.resolve("a.mp4"));
    face(data.resolve("b.mp4"));
    Path table =
        Files.writeString(
            folder.resolve("labels.csv"),
            "file,label,domain,identity,source_identity,split,group:Age\n"
                + "a.mp4,fake,\"swap, v2\",p7,p8,test,20-29\n"
                + "gone.mp4,real,,,,\n");
    Path out = folder.resolve("t.faces");
    FaceArchiveSummary summary = export(data, out, Optional.of(table));
    List<ArchivedFace> faces = read(out, summary);
    assertEquals("swap, v2", faces.get(0).getLabel().getDomain());
    assertEquals("p7", faces.get(0).getLabel().getIdentity());
    assertEquals("p8", faces.get(0).getLabel().getSourceIdentity());
    assertEquals("test", faces.get(0).getLabel().getSplit());
    assertEquals(Map.of("age", "20-29"), faces.get(0).getLabel().getGroupsMap());
    assertFalse(faces.get(9).getLabel().getLabelled());
    assertEquals(List.of("gone.mp4"), skipped(summary));
    assertEquals(0, summary.unreadable());
    Path again = folder.resolve("again.faces");
    assertEquals(faces, read(again, export(data, again, Optional.of(table))));
  }

  @Test
  void aTableNamesFilesAsPeopleWritePaths() throws Exception {
    Path data = folder.resolve("set");
    face(data.resolve("x/a.mp4"));
    face(data.resolve("x/b.mp4"));
    face(data.resolve("x/c.mp4"));
    Path table =
        Files.writeString(
            folder.resolve("labels.csv"),
            "\ufefflabel, file\r\nreal, set/x/a.mp4\r\n\r\nfake,\""
                + data.resolve("x/b.mp4").toAbsolutePath()
                + "\"\r\nfake,c.mp4\r\n");
    FaceArchiveSummary summary = export(data, folder.resolve("p.faces"), Optional.of(table));
    assertEquals(List.of(), summary.skipped());
    List<ArchivedFace> faces = read(folder.resolve("p.faces"), summary);
    assertFalse(faces.get(0).getLabel().getFake());
    assertTrue(faces.get(0).getLabel().getLabelled());
    assertTrue(faces.get(5).getLabel().getFake());
    assertTrue(faces.get(faces.size() - 1).getLabel().getFake());
  }

  @Test
  void badTablesAndInputsNameWhatIsWrong() throws Exception {
    Path data = folder.resolve("d");
    face(data.resolve("a.mp4"));
    Path out = folder.resolve("o.faces");
    Path table = Files.writeString(folder.resolve("l.csv"), "file,label\na.mp4,maybe\n");
    Optional<Path> bad = Optional.of(table);
    String message =
        assertThrows(LabelTableException.class, () -> export(data, out, bad)).getMessage();
    assertTrue(message.contains("l.csv line 2"), message);
    Path elsewhere = Files.writeString(folder.resolve("e.csv"), "file,label\nother/b.mp4,real\n");
    message =
        assertThrows(LabelTableException.class, () -> export(data, out, Optional.of(elsewhere)))
            .getMessage();
    assertTrue(message.contains("no row names any of the 1 files"), message);
    Path missing = folder.resolve("none");
    assertThrows(IOException.class, () -> export(missing, out, Optional.empty()));
    assertFalse(Files.exists(out));
  }

  private static FaceArchiveSummary export(Path data, Path out, Optional<Path> table)
      throws IOException, InterruptedException {
    ArchiveInputs inputs =
        table.isPresent()
            ? FolderInputs.of(List.of(data), table.get())
            : FolderInputs.of(List.of(data));
    return new FaceArchiveExport(FaceArchiveOptions.of(out), inputs, (a, b, c) -> {}).run();
  }

  private static List<String> skipped(FaceArchiveSummary summary) {
    return summary.skipped().stream().map(SkippedFile::file).toList();
  }

  private static void face(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    SyntheticVideo.drawnFace(file, 320, 240, 5, 1);
  }

  private static void photograph(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    boolean png = file.toString().endsWith(".png");
    SyntheticVideo.frames(
        file,
        new VideoFormat(png ? "png" : "mjpeg", png ? "gray" : "yuvj420p", true, 25),
        320,
        240,
        25,
        1,
        index -> SyntheticVideo.faceFrame(320, 240, 0, 1, 1));
  }

  private static List<ArchivedFace> read(Path archive, FaceArchiveSummary summary)
      throws IOException {
    List<ArchivedFace> faces = new ArrayList<>();
    try (FaceArchiveReader reader = new FaceArchiveReader(archive)) {
      assertEquals(64, reader.header().getExtractionDigest().length());
      for (Optional<ArchivedFace> f = reader.next(); f.isPresent(); f = reader.next()) {
        faces.add(f.get());
      }
    }
    assertEquals(summary.faces().count(), faces.size());
    return faces;
  }
}
