package io.framewarden.trainer.dataset;

import io.framewarden.trainer.archive.FaceArchiveFile;
import io.framewarden.trainer.photograph.FacePhotograph;
import io.framewarden.trainer.photograph.PhotographFiles;
import io.framewarden.v1.ArchivedFace;
import java.io.IOException;

/** Images of one archive, read on demand. The open file lives as long as this. */
final class ArchiveImages implements FaceSample.ImageSource {
  private final FaceArchiveFile archive;
  private final String extractionDigest;
  private final FaceCache<byte[]> aligned;
  private final FaceCache<FacePhotograph> photographs;

  ArchiveImages(
      FaceArchiveFile archive,
      String extractionDigest,
      FaceCache<byte[]> aligned,
      FaceCache<FacePhotograph> photographs) {
    this.archive = archive;
    this.extractionDigest = extractionDigest;
    this.aligned = aligned;
    this.photographs = photographs;
  }

  @Override
  public String extractionDigest() {
    return extractionDigest;
  }

  @Override
  public byte[] aligned(long position, int number) {
    return aligned.get(number, () -> read(position).getFrame().getPixels().toByteArray());
  }

  @Override
  public FacePhotograph photograph(long position, int number) {
    return photographs.get(number, () -> photograph(read(position)));
  }

  private FacePhotograph photograph(ArchivedFace face) {
    try {
      return PhotographFiles.read(face.getPhotograph());
    } catch (IllegalArgumentException e) {
      throw new DatasetException(
          "%s: the photograph of %s cannot be used: %s; make the archive again"
              .formatted(archive.path(), face.getFrame().getVideoId(), e.getMessage()),
          e);
    }
  }

  private ArchivedFace read(long position) {
    try {
      return archive.read(position);
    } catch (IOException e) {
      throw new DatasetException(
          archive.path() + ": changed or gone while it was in use: " + e.getMessage(), e);
    }
  }
}
