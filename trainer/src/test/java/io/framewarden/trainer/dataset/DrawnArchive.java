package io.framewarden.trainer.dataset;

import com.google.protobuf.ByteString;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.trainer.archive.FaceArchiveWriter;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.trainer.photograph.FacePhotograph;
import io.framewarden.trainer.photograph.PhotographFiles;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceLabel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Small face archives of drawn faces, with any labels. */
public final class DrawnArchive {
  private final List<ArchivedFace> faces = new ArrayList<>();
  private String digest = "d1".repeat(32);
  private boolean photographs = true;
  private Map<String, String> groups = Map.of();

  /** The faces that follow are of people of this group. */
  public DrawnArchive group(String name, String value) {
    groups = Map.of(name, value);
    return this;
  }

  /** The faces that follow are of videos: without a photograph. */
  public DrawnArchive withoutPhotographs() {
    photographs = false;
    return this;
  }

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
            .putAllGroups(groups)
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
    FacePhotograph drawn = SyntheticFaces.face(faces.size());
    byte[] pixels = side == 224 ? drawn.image().pixels() : new byte[side * side];
    FaceFrame frame =
        FaceFrame.newBuilder()
            .setVideoId("video-" + faces.size())
            .setWidth(side)
            .setHeight(side)
            .setPixels(ByteString.copyFrom(pixels))
            .build();
    ArchivedFace.Builder face = ArchivedFace.newBuilder().setFrame(frame).setLabel(label);
    if (photographs && side == 224) {
      PhotographFiles.keep(bitmap(drawn.image()), drawn.landmarks()).ifPresent(face::setPhotograph);
    }
    faces.add(face.build());
    return this;
  }

  /** An image file of the very pixels. */
  public static byte[] bitmap(GrayImage gray) {
    BufferedImage image =
        new BufferedImage(gray.width(), gray.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, gray.width(), gray.height(), gray.pixels());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
