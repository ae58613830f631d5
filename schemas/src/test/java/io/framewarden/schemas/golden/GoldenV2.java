package io.framewarden.schemas.golden;

import com.google.protobuf.Message;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchiveRecord;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.ArchivedFile;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceLabel;
import io.framewarden.v1.FailureReason;
import java.util.Map;
import java.util.TreeMap;

/** The second version: archives that can be gone on with, and both people of a swap. */
final class GoldenV2 {
  private GoldenV2() {}

  static GoldenSet set() {
    Map<String, Message> messages = new TreeMap<>();
    messages.put("ArchiveRecord-header", header());
    messages.put("ArchiveRecord-face", face());
    messages.put("ArchiveRecord-file", file());
    return new GoldenSet("v2", messages);
  }

  private static ArchiveRecord header() {
    return ArchiveRecord.newBuilder()
        .setHeader(
            ArchiveHeader.newBuilder()
                .setFormatVersion(2)
                .setExtractionDigest(GoldenV1.EXTRACTION)
                .setExtractionRecipe("{\"size\":224}")
                .setCreatedTimeUs(1_790_000_000_000_014L)
                .setExportDigest("a".repeat(64)))
        .build();
  }

  private static ArchiveRecord face() {
    return ArchiveRecord.newBuilder()
        .setFace(
            ArchivedFace.newBuilder()
                .setFrame(FaceFrame.newBuilder().setVideoId("video-3").setSeq(18))
                .setLabel(
                    FaceLabel.newBuilder()
                        .setLabelled(true)
                        .setFake(true)
                        .setDomain("FaceSwap")
                        .setIdentity("ffpp/071")
                        .setSource("manipulated_sequences/FaceSwap/c23/videos/071_054.mp4")
                        .setSplit("train")
                        .setSourceIdentity("ffpp/054")))
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
