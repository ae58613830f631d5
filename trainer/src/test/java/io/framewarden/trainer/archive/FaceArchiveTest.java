package io.framewarden.trainer.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchiveRecord;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceLabel;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceArchiveTest {
  private static final ArchiveHeader HEADER =
      ArchiveHeader.newBuilder().setFormatVersion(1).setExtractionDigest("e1").build();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("faces.fwa");
  }

  @Test
  void facesComeBackInOrder() throws IOException {
    List<ArchivedFace> faces = List.of(face(0), face(1), face(2));
    write(faces);
    try (FaceArchiveReader reader = new FaceArchiveReader(file)) {
      assertEquals(HEADER, reader.header());
    }
    assertEquals(faces, readAll());
  }

  @Test
  void anArchiveWithoutFacesIsAnArchive() throws IOException {
    write(List.of());
    assertEquals(List.of(), readAll());
  }

  @Test
  void anUnfinishedArchiveLeavesNothing() throws IOException {
    try (FaceArchiveWriter writer = new FaceArchiveWriter(file, HEADER)) {
      writer.write(face(0));
      assertEquals(1, writer.faces());
      assertFalse(Files.exists(file));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void anUnfinishedArchiveKeepsTheOneThatWasThere() throws IOException {
    write(List.of(face(0)));
    try (FaceArchiveWriter writer = new FaceArchiveWriter(file, HEADER)) {
      writer.write(face(7));
    }
    assertEquals(List.of(face(0)), readAll());
  }

  @Test
  void everyCutThatIsNotBetweenRecordsIsNamed() throws IOException {
    write(List.of(face(0), face(1)));
    byte[] whole = Files.readAllBytes(file);
    int last = lengthOfLastRecord(whole);
    for (int cut : new int[] {1, 2, last - 5, last - 4, last - 3, last - 1}) {
      Files.write(file, Arrays.copyOf(whole, whole.length - cut));
      FaceArchiveException e = assertThrows(FaceArchiveException.class, this::readAll);
      assertTrue(e.getMessage().contains("record 2 is cut off"), e.getMessage());
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }
  }

  @Test
  void aFlippedBitInARecordsLengthOrFrameIsNamed() throws IOException {
    write(List.of(face(0), face(1)));
    byte[] whole = Files.readAllBytes(file);
    int start = whole.length - lengthOfLastRecord(whole);
    for (int at : new int[] {start, start + 4, start + 5}) {
      byte[] broken = whole.clone();
      broken[at] ^= (byte) 0x80;
      Files.write(file, broken);
      assertThrows(FaceArchiveException.class, this::readAll, "byte " + at);
    }
  }

  @Test
  void aForeignFileIsRefused() throws IOException {
    for (String content : new String[] {"", "FWF", "PK\u0003\u0004 a zip file"}) {
      Files.writeString(file, content);
      assertRefused("not a face archive");
    }
  }

  @Test
  void aMissingFileAndAFolderAreRefused() {
    assertRefused("no such face archive");
    file = folder;
    assertRefused("a folder");
  }

  @Test
  void onlyTheMagicIsDamaged() throws IOException {
    Files.write(file, ArchiveRecords.MAGIC);
    assertRefused("record 0 is missing");
  }

  @Test
  void anotherFormatIsRefusedByNumber() throws IOException {
    for (int format : new int[] {0, 2}) {
      writeRecords(header(HEADER.toBuilder().setFormatVersion(format).build()));
      assertRefused("face archive of format " + format + ", this version reads format 1");
    }
  }

  @Test
  void aFaceWhereTheHeaderShouldBeIsRefused() throws IOException {
    writeRecords(ArchiveRecord.newBuilder().setFace(face(0)).build());
    assertRefused("not the header");
  }

  @Test
  void aSecondHeaderIsNoFace() throws IOException {
    writeRecords(header(HEADER), header(HEADER));
    FaceArchiveException e = assertThrows(FaceArchiveException.class, this::readAll);
    assertTrue(e.getMessage().contains("is not a face"), e.getMessage());
  }

  @Test
  void aFrameThatClaimsToBeHugeIsNotUnpacked() throws IOException {
    byte[] bomb = Zstd.compress(new byte[64 << 20]);
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.write(ArchiveRecords.MAGIC);
      out.writeInt(bomb.length);
      out.write(bomb);
    }
    assertRefused("not a zstd frame of a record");
  }

  @Test
  void aFaceThatNoReaderWouldAcceptIsNotWritten() throws IOException {
    ArchivedFace huge =
        ArchivedFace.newBuilder()
            .setFrame(
                FaceFrame.newBuilder()
                    .setPixels(ByteString.copyFrom(new byte[Topics.MAX_RECORD_BYTES])))
            .build();
    try (FaceArchiveWriter writer = new FaceArchiveWriter(file, HEADER)) {
      assertThrows(IllegalArgumentException.class, () -> writer.write(huge));
    }
  }

  private void write(List<ArchivedFace> faces) throws IOException {
    try (FaceArchiveWriter writer = new FaceArchiveWriter(file, HEADER)) {
      for (ArchivedFace face : faces) {
        writer.write(face);
      }
      writer.finish();
    }
  }

  private List<ArchivedFace> readAll() throws IOException {
    List<ArchivedFace> faces = new ArrayList<>();
    try (FaceArchiveReader reader = new FaceArchiveReader(file)) {
      for (Optional<ArchivedFace> face = reader.next(); face.isPresent(); face = reader.next()) {
        faces.add(face.get());
      }
    }
    return faces;
  }

  private void assertRefused(String why) {
    FaceArchiveException e =
        assertThrows(FaceArchiveException.class, () -> new FaceArchiveReader(file).close());
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  private void writeRecords(ArchiveRecord... records) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.write(ArchiveRecords.MAGIC);
      for (ArchiveRecord message : records) {
        byte[] compressed = Zstd.compress(message.toByteArray());
        out.writeInt(compressed.length);
        out.write(compressed);
      }
    }
  }

  private static int lengthOfLastRecord(byte[] archive) {
    int at = ArchiveRecords.MAGIC.length;
    int length = 0;
    while (at < archive.length) {
      length = 4 + ByteBuffer.wrap(archive).getInt(at);
      at += length;
    }
    return length;
  }

  private static ArchiveRecord header(ArchiveHeader header) {
    return ArchiveRecord.newBuilder().setHeader(header).build();
  }

  private static ArchivedFace face(int seq) {
    byte[] pixels = new byte[224 * 224];
    new Random(seq).nextBytes(pixels);
    return ArchivedFace.newBuilder()
        .setFrame(
            FaceFrame.newBuilder()
                .setVideoId("v")
                .setSeq(seq)
                .setPixels(ByteString.copyFrom(pixels)))
        .setLabel(FaceLabel.newBuilder().setLabelled(true).setDomain("real"))
        .build();
  }
}
