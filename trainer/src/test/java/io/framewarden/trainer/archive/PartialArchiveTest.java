package io.framewarden.trainer.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.ArchivedFile;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are written in two goes, and read by place. */
class PartialArchiveTest {
  private static final int FILES = 3;
  private static final int FACES_OF_A_FILE = 2;
  private static final ArchiveHeader HEADER =
      ArchiveHeader.newBuilder().setExportDigest("x1").build();

  @TempDir Path folder;
  private Path whole;
  private Path file;

  @BeforeEach
  void writeUninterrupted() throws IOException {
    whole = folder.resolve("whole.fwa");
    file = folder.resolve("faces.fwa");
    try (FaceArchiveWriter writer = new FaceArchiveWriter(whole, HEADER)) {
      writeFrom(writer, 0);
    }
  }

  @Test
  void anArchiveCutAnywhereIsGoneOnWithToTheSameBytes() throws IOException {
    byte[] expected = Files.readAllBytes(whole);
    int firstCut = headerEnd();
    for (int cut = firstCut; cut <= expected.length; cut += cut < expected.length - 40 ? 997 : 1) {
      Files.write(FaceArchiveWriter.partFile(file), Arrays.copyOf(expected, cut));
      PartialArchive begun = PartialArchive.read(file, label -> {});
      assertEquals(begun.files().size() * (long) FACES_OF_A_FILE, begun.faces());
      try (FaceArchiveWriter writer = FaceArchiveWriter.resume(file, begun)) {
        assertEquals(begun.faces(), writer.faces());
        writeFrom(writer, begun.files().size());
      }
      assertArrayEquals(expected, Files.readAllBytes(file), "cut at " + cut);
    }
  }

  @Test
  void zeroesThatACrashLeftBehindAreCutOffToo() throws IOException {
    byte[] expected = Files.readAllBytes(whole);
    byte[] torn = expected.clone();
    Arrays.fill(torn, expected.length / 2, expected.length, (byte) 0);
    Files.write(FaceArchiveWriter.partFile(file), torn);
    PartialArchive begun = PartialArchive.read(file, label -> {});
    assertEquals(1, begun.files().size());
    try (FaceArchiveWriter writer = FaceArchiveWriter.resume(file, begun)) {
      writeFrom(writer, 1);
    }
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  @Test
  void labelsOfCompleteFilesOnlyAreHandedOut() throws IOException {
    try (FaceArchiveWriter writer = new FaceArchiveWriter(file, HEADER)) {
      writeFile(writer, 0);
      writer.write(face(1, 0));
    }
    List<FaceLabel> labels = new ArrayList<>();
    PartialArchive begun = PartialArchive.read(file, face -> labels.add(face.getLabel()));
    assertEquals("x1", begun.header().getExportDigest());
    assertEquals(List.of("f0", "f0"), labels.stream().map(FaceLabel::getSource).toList());
    assertEquals("f0", begun.files().get(0).getSource());
  }

  @Test
  void onlyAnExportWithACompleteFileIsKept() throws IOException {
    try (FaceArchiveWriter writer = new FaceArchiveWriter(file, HEADER)) {
      writer.write(face(0, 0));
    }
    assertFalse(Files.exists(FaceArchiveWriter.partFile(file)));
    try (FaceArchiveWriter writer = new FaceArchiveWriter(file, HEADER)) {
      writeFile(writer, 0);
    }
    assertTrue(Files.exists(FaceArchiveWriter.partFile(file)));
    assertFalse(Files.exists(file));
  }

  @Test
  void nothingToGoOnWithIsSaid() {
    FaceArchiveException e =
        assertThrows(FaceArchiveException.class, () -> PartialArchive.read(file, label -> {}));
    assertTrue(e.getMessage().contains("faces.fwa.part"), e.getMessage());
  }

  @Test
  void facesAreReadByTheirPlacesInAnyOrder() throws IOException {
    List<Long> places = new ArrayList<>();
    List<ArchivedFace> faces = new ArrayList<>();
    try (FaceArchiveReader reader = new FaceArchiveReader(whole)) {
      for (Optional<ArchivedFace> next = reader.next(); next.isPresent(); next = reader.next()) {
        places.add(reader.position());
        faces.add(next.get());
      }
    }
    assertEquals(FILES * FACES_OF_A_FILE, faces.size());
    try (FaceArchiveFile archive = new FaceArchiveFile(whole)) {
      for (int i = faces.size() - 1; i >= 0; i--) {
        assertEquals(faces.get(i), archive.read(places.get(i)));
      }
      assertThrows(FaceArchiveException.class, () -> archive.read(places.get(1) + 1));
      long end = Files.size(whole);
      var beyond = assertThrows(FaceArchiveException.class, () -> archive.read(end));
      assertTrue(beyond.getMessage().contains("whole.fwa"), beyond.getMessage());
    }
  }

  private int headerEnd() throws IOException {
    try (FaceArchiveReader reader = new FaceArchiveReader(whole)) {
      return (int) reader.end();
    }
  }

  private static void writeFrom(FaceArchiveWriter writer, int first) throws IOException {
    for (int i = first; i < FILES; i++) {
      writeFile(writer, i);
    }
    writer.finish();
  }

  private static void writeFile(FaceArchiveWriter writer, int number) throws IOException {
    for (int seq = 0; seq < FACES_OF_A_FILE; seq++) {
      writer.write(face(number, seq));
    }
    writer.completeFile(
        ArchivedFile.newBuilder().setSource("f" + number).setFaces(FACES_OF_A_FILE).build());
  }

  private static ArchivedFace face(int number, int seq) {
    byte[] pixels = new byte[5000];
    new Random(31L * number + seq).nextBytes(pixels);
    return ArchivedFace.newBuilder()
        .setFrame(
            FaceFrame.newBuilder()
                .setVideoId("f" + number)
                .setSeq(seq)
                .setPixels(ByteString.copyFrom(pixels)))
        .setLabel(FaceLabel.newBuilder().setSource("f" + number))
        .build();
  }
}
