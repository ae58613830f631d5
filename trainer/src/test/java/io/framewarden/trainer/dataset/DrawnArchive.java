package io.framewarden.trainer.dataset;

import com.google.protobuf.ByteString;
import io.framewarden.trainer.archive.FaceArchiveWriter;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small face archives of drawn faces, with any labels. */
public final class DrawnArchive {
  private final List<ArchivedFace> faces = new ArrayList<>();
  private String digest = "d1".repeat(32);

  public DrawnArchive extraction(String extractionDigest) {
    this.digest = extractionDigest;
    return this;
  }

  /** Real people, one face each, with identities {@code p0, p1, ...}. */
  public DrawnArchive reals(int count) {
    for (int i = 0; i < count; i++) {
      face("p" + i, false, "", "");
    }
    return this;
  }

  public DrawnArchive fakes(int count, String domain) {
    for (int i = 0; i < count; i++) {
      face("q-" + domain + i, true, domain, "");
    }
    return this;
  }

  public DrawnArchive face(String identity, boolean fake, String domain, String split) {
    FaceLabel label =
        FaceLabel.newBuilder()
            .setLabelled(true)
            .setFake(fake)
            .setDomain(domain)
            .setIdentity(identity)
            .setSplit(split)
            .build();
    return add(label, 224);
  }

  public DrawnArchive unlabelled() {
    return add(FaceLabel.getDefaultInstance(), 224);
  }

  public DrawnArchive ofSide(int side) {
    return add(FaceLabel.newBuilder().setLabelled(true).build(), side);
  }

  private DrawnArchive add(FaceLabel label, int side) {
    byte[] pixels =
        side == 224 ? SyntheticFaces.face(faces.size()).pixels() : new byte[side * side];
    FaceFrame frame =
        FaceFrame.newBuilder()
            .setVideoId("video-" + faces.size())
            .setWidth(side)
            .setHeight(side)
            .setPixels(ByteString.copyFrom(pixels))
            .build();
    faces.add(ArchivedFace.newBuilder().setFrame(frame).setLabel(label).build());
    return this;
  }

  public Path write(Path file) throws IOException {
    ArchiveHeader header =
        ArchiveHeader.newBuilder()
            .setExtractionDigest(digest)
            .setExtractionRecipe("{\"detector\":\"drawn\"}")
            .build();
    try (FaceArchiveWriter writer = new FaceArchiveWriter(file, header)) {
      for (ArchivedFace face : faces) {
        writer.write(face);
      }
      writer.finish();
    }
    return file;
  }
}
