package io.framewarden.schemas.golden;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchiveRecord;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.ArchivedFile;
import io.framewarden.v1.FaceLabel;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Photograph;
import io.framewarden.v1.Point;
import java.util.Map;

/** The records of a face archive. */
final class GoldenV1Archive {
  private GoldenV1Archive() {}

  static Map<String, Message> messages() {
    return Map.of(
        "ArchiveRecord-header", header(),
        "ArchiveRecord-face", face(),
        "ArchiveRecord-file", file());
  }

  private static ArchiveRecord header() {
    return ArchiveRecord.newBuilder()
        .setHeader(
            ArchiveHeader.newBuilder()
                .setFormatVersion(1)
                .setExtractionDigest(GoldenV1.EXTRACTION)
                .setExtractionRecipe("{\"size\":224}")
                .setExportDigest("a".repeat(64))
                .setCreatedTimeUs(1_790_000_000_000_008L))
        .build();
  }

  private static ArchiveRecord face() {
    return ArchiveRecord.newBuilder()
        .setFace(
            ArchivedFace.newBuilder()
                .setFrame(GoldenV1Frames.faceFrame())
                .setLabel(
                    FaceLabel.newBuilder()
                        .setLabelled(true)
                        .setFake(true)
                        .setDomain("FaceSwap")
                        .setIdentity("ffpp/071")
                        .setSourceIdentity("ffpp/054")
                        .setSource("manipulated_sequences/FaceSwap/c23/videos/071_054.mp4")
                        .setSplit("validation")
                        .putGroups("age", "30-39"))
                .setPhotograph(
                    Photograph.newBuilder()
                        .setImage(ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xd8, 7}))
                        .addLandmarks(Point.newBuilder().setX(41.5f).setY(97.25f))))
        .build();
  }

  private static ArchiveRecord file() {
    return ArchiveRecord.newBuilder()
        .setFile(
            ArchivedFile.newBuilder()
                .setSource("real/größe 2.mp4")
                .setFaces(19)
                .setFailure(FailureReason.CORRUPT)
                .setMessage("broke off; copy it again"))
        .build();
  }
}
