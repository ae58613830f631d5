package io.framewarden.trainer.dataset;

import io.framewarden.trainer.archive.FaceArchiveFile;
import io.framewarden.trainer.forgery.FaceGeometry;
import io.framewarden.trainer.forgery.FaceGeometry.Spot;
import io.framewarden.trainer.forgery.FaceImage;
import io.framewarden.v1.FaceFrame;
import java.io.IOException;
import java.util.List;

/** Images of one archive, read on demand. The open file lives as long as this. */
final class ArchiveImages implements FaceSample.ImageSource {
  private final FaceArchiveFile archive;
  private final FaceCache cache;

  ArchiveImages(FaceArchiveFile archive, FaceCache cache) {
    this.archive = archive;
    this.cache = cache;
  }

  @Override
  public FaceImage at(long position, int number) {
    return cache.get(number, () -> read(position));
  }

  private FaceImage read(long position) {
    try {
      return image(archive.read(position).getFrame());
    } catch (IOException e) {
      throw new DatasetException(
          archive.path() + ": changed or gone while it was in use: " + e.getMessage(), e);
    }
  }

  private static FaceImage image(FaceFrame frame) {
    List<Spot> landmarks =
        frame.getLandmarksList().stream().map(p -> new Spot(p.getX(), p.getY())).toList();
    return new FaceImage(frame.getPixels().toByteArray(), FaceGeometry.fromLandmarks(landmarks));
  }
}
