package io.framewarden.trainer.dataset;

import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.Map;

/**
 * One labelled face of an archive: what is known of it, and where its images are. An image is read
 * when it is asked for, so that a sample takes some 32 bytes. Immutable; any number of threads may
 * ask.
 */
public final class FaceSample {
  /**
   * Reads images by their positions: where the face's record begins in its archive, in bytes, and
   * the number of the face among all faces of its set, from 0. Safe for any number of threads.
   */
  interface ImageSource {
    /** Digest of the recipe that made the aligned faces; empty where no recipe did. */
    String extractionDigest();

    /**
     * The aligned face, gray8.
     *
     * @throws DatasetException when the archive was changed or damaged since it was indexed
     */
    byte[] aligned(long position, int number);

    /**
     * The photograph, of a face that has one.
     *
     * @throws DatasetException when the archive was changed or damaged since it was indexed
     */
    FacePhotograph photograph(long position, int number);
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

  /** A real face in memory, of a split of the training's choice. */
  public static FaceSample ofPhotograph(
      byte[] aligned, FacePhotograph photograph, String identity, String video) {
    ImageSource images =
        new ImageSource() {
          @Override
          public String extractionDigest() {
            return "";
          }

          @Override
          public byte[] aligned(long position, int number) {
            return aligned;
          }

          @Override
          public FacePhotograph photograph(long position, int number) {
            return photograph;
          }
        };
    return new FaceSample(
        new FaceAttributes(false, FaceSet.REAL, identity, "", video, "", Map.of(), true),
        images,
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

  /** What else is known of the person, by its name, as gender or age. */
  Map<String, String> groups() {
    return attributes.groups();
  }

  /** Digest of the recipe that made the aligned face; empty where no recipe did. */
  public String extractionDigest() {
    return images.extractionDigest();
  }

  /** Whether there is a photograph with dense landmarks. */
  public boolean hasPhotograph() {
    return attributes.photograph();
  }

  /**
   * The aligned face, gray8; reads the archive, unless the face is cached. Shared: it must not be
   * changed.
   *
   * @throws DatasetException when the archive was changed or damaged since it was indexed
   */
  public byte[] pixels() {
    return images.aligned(position, number);
  }

  /**
   * The photograph; reads the archive, unless it is cached. Shared: it must not be changed.
   *
   * @throws IllegalStateException for a face that has none
   * @throws DatasetException when the archive was changed or damaged since it was indexed
   */
  public FacePhotograph photograph() {
    if (!hasPhotograph()) {
      throw new IllegalStateException(video() + " has no photograph with dense landmarks");
    }
    return images.photograph(position, number);
  }
}
