package io.framewarden.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.framewarden.trainer.archive.FaceArchiveWriter;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are larger than the memory. */
@Tag("slow")
class LargeArchiveTest {
  private static final int SIDE = 224;
  private static final String SMALL_HEAP = "-Xmx32m";

  @TempDir Path folder;

  /** 60 MB of pixels with 32 MB of memory, of which Java itself takes some. */
  @Test
  void trainsFromAnArchiveThatDoesNotFitIntoMemory() throws Exception {
    Path archive = noise(folder.resolve("large.fwa"), 1200);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                SMALL_HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BatchesInLittleMemory.class.getName(),
                archive.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    FaceSet faces = FaceSetReader.read(List.of(archive));
    assertEquals(String.valueOf(BatchesInLittleMemory.digest(faces)), said.strip());
  }

  @Test
  void keptFacesAreReadOnceAndOthersTheSameAgain() throws IOException {
    Path archive = noise(folder.resolve("faces.fwa"), 12);
    FaceSet all = FaceSetReader.read(List.of(archive), 2 * 12 * 51_200, Long.MAX_VALUE);
    FaceSet few = FaceSetReader.read(List.of(archive), 2 * 2 * 51_200, Long.MAX_VALUE);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 12; i++) {
        assertArrayEquals(pixels(i), few.faces().get(i).pixels());
      }
    }
    byte[] kept = all.faces().get(3).pixels();
    all.faces().forEach(FaceSample::pixels);
    assertSame(kept, all.faces().get(3).pixels());
    byte[] dropped = few.faces().get(3).pixels();
    few.faces().forEach(FaceSample::pixels);
    assertNotSame(dropped, few.faces().get(3).pixels());
  }

  @Test
  void keptIndexSaysTheSameAndIsMadeAgainWhenTheArchiveChanges() throws IOException {
    Path archive = noise(folder.resolve("faces.fwa"), 20);
    Path index = folder.resolve("faces.fwa.index");
    FaceSet plain = FaceSetReader.read(List.of(archive), 0, Long.MAX_VALUE);
    assertFalse(Files.exists(index));
    assertSameFaces(plain, FaceSetReader.read(List.of(archive), 0, 0));
    assertTrue(Files.size(index) < 100 * 20, "an index of " + Files.size(index) + " bytes");

    // What is read now is the index: the archive's faces have become others without its knowing.
    FileTime changed = Files.getLastModifiedTime(archive);
    byte[] bytes = Files.readAllBytes(archive);
    byte[] damaged = bytes.clone();
    Arrays.fill(damaged, bytes.length / 2, bytes.length, (byte) 0);
    Files.write(archive, damaged);
    Files.setLastModifiedTime(archive, changed);
    FaceSet unaware = FaceSetReader.read(List.of(archive), 0, 0);
    assertEquals(plain.contentDigest(), unaware.contentDigest());
    var gone = assertThrows(DatasetException.class, () -> unaware.faces().get(19).pixels());
    assertTrue(gone.getMessage().contains("faces.fwa"), gone.getMessage());

    noise(archive, 21);
    FaceSet again = FaceSetReader.read(List.of(archive), 0, 0);
    assertEquals(21, again.faces().size());
    assertNotEquals(plain.contentDigest(), again.contentDigest());

    Files.write(index, Arrays.copyOf(Files.readAllBytes(index), 60));
    assertSameFaces(again, FaceSetReader.read(List.of(archive), 0, 0));
  }

  private static void assertSameFaces(FaceSet expected, FaceSet actual) {
    assertEquals(expected.contentDigest(), actual.contentDigest());
    assertEquals(expected.unlabelled(), actual.unlabelled());
    assertEquals(expected.faces().size(), actual.faces().size());
    for (int i = 0; i < expected.faces().size(); i++) {
      FaceSample one = expected.faces().get(i);
      FaceSample other = actual.faces().get(i);
      assertEquals(one.identity(), other.identity());
      assertEquals(one.sourceIdentity(), other.sourceIdentity());
      assertEquals(one.domain(), other.domain());
      assertEquals(one.split(), other.split());
      assertArrayEquals(one.pixels(), other.pixels());
    }
  }

  /** Faces that hardly compress, half of them fakes, ten to a video. */
  private static Path noise(Path file, int faces) throws IOException {
    ArchiveHeader header = ArchiveHeader.newBuilder().setExtractionDigest("d1").build();
    try (FaceArchiveWriter writer = new FaceArchiveWriter(file, header)) {
      for (int i = 0; i < faces; i++) {
        boolean fake = i / 10 % 2 == 1;
        String person = "p" + i / 10;
        FaceFrame frame =
            FaceFrame.newBuilder()
                .setVideoId("v" + i / 10)
                .setWidth(SIDE)
                .setHeight(SIDE)
                .setPixels(ByteString.copyFrom(pixels(i)))
                .build();
        FaceLabel label =
            FaceLabel.newBuilder()
                .setLabelled(true)
                .setFake(fake)
                .setDomain(fake ? "swap" : "real")
                .setIdentity(person)
                .setSourceIdentity(fake ? "p0" : "")
                .setSplit("train")
                .build();
        writer.write(ArchivedFace.newBuilder().setFrame(frame).setLabel(label).build());
      }
      writer.finish();
    }
    return file;
  }

  private static byte[] pixels(int face) {
    byte[] pixels = new byte[SIDE * SIDE];
    new SplittableRandom(face).nextBytes(pixels);
    return pixels;
  }
}
