package io.framewarden.trainer.dataset;

import io.framewarden.trainer.forgery.FaceGeometry;
import io.framewarden.trainer.forgery.FaceImage;

/**
 * One labelled face of an archive: what is known of it, and where its image is. The image is read
 * when it is asked for, so that a sample takes some 32 bytes. Immutable; any number of threads may
 * ask.
 */
public final class FaceSample {
  /** Reads images by their positions. Safe for any number of threads. */
  @FunctionalInterface
  interface ImageSource {
    /**
     * The image.
     *
     * @param position where the face's record begins in its archive, in bytes
     * @param number of the face among all faces of its set, from 0
     * @throws DatasetException when the archive was changed or damaged since it was indexed
     */
    FaceImage at(long position, int number);
  }

  private final FaceAttributes attributes;
  private final ImageSource images;
  private final long position;
  private final int number;

  FaceSample(FaceAttributes attributes, ImageSource images, long position, int number) {
    this.attributes = attributes;
    this.images = images;
    this.position = position;
    this.number = number;
  }

  /** A face whose image is in memory. The pixels are shared and must not be changed. */
  public FaceSample(
      byte[] pixels,
      FaceGeometry geometry,
      boolean fake,
      String domain,
      String identity,
      String video,
      String split) {
    this(
        new FaceAttributes(fake, domain, identity, "", video, split),
        (position, number) -> new FaceImage(pixels, geometry),
        0,
        0);
  }

  /** Whether it is forged. */
  public boolean fake() {
    return attributes.fake();
  }

  /** Forgery method, {@link FaceSet#REAL} for real faces. */
  public String domain() {
    return attributes.domain();
  }

  /**
   * The person where the archive knows, else the source file, else the video: what a split keeps on
   * one side.
   */
  public String identity() {
    return attributes.identity();
  }

  /** Of a swapped face the person whose face was put in, or empty. */
  public String sourceIdentity() {
    return attributes.sourceIdentity();
  }

  /** What metrics by video group by. */
  public String video() {
    return attributes.video();
  }

  /** The split that the archive wants, or empty. */
  public String split() {
    return attributes.split();
  }

  /**
   * The face as the forgeries take it; reads the archive, unless the face is cached. The pixels are
   * shared and must not be changed.
   *
   * @throws DatasetException when the archive was changed or damaged since it was indexed
   */
  public FaceImage image() {
    return images.at(position, number);
  }

  /** The pixels of {@link #image()}. */
  public byte[] pixels() {
    return image().pixels();
  }

  /** The geometry of {@link #image()}. */
  public FaceGeometry geometry() {
    return image().geometry();
  }
}
