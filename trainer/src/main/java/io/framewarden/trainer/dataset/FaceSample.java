package io.framewarden.trainer.dataset;

import io.framewarden.trainer.forgery.FaceGeometry;
import io.framewarden.trainer.forgery.FacePicture;

/**
 * One labelled face of an archive. The pixels are shared and must not be changed.
 *
 * @param domain forgery method, {@link FaceSet#REAL} for real faces
 * @param identity the person where the archive knows, else the source file, else the video: what a
 *     split keeps on one side
 * @param video what figures by video group by
 * @param split the archive's own wish, or empty
 */
public record FaceSample(
    byte[] pixels,
    FaceGeometry geometry,
    boolean fake,
    String domain,
    String identity,
    String video,
    String split) {

  /** The face as the forgeries take it. */
  public FacePicture picture() {
    return new FacePicture(pixels, geometry);
  }
}
