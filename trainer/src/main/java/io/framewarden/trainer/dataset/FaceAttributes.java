package io.framewarden.trainer.dataset;

import io.framewarden.v1.FaceLabel;

/**
 * What an archive knows of a face. Faces of one track share an instance.
 *
 * @param domain forgery method, {@link FaceSet#REAL} for real faces
 * @param identity the person where the archive knows, else the source file, else the video: what a
 *     split keeps on one side
 * @param sourceIdentity of a swapped face the person whose face was put in, or empty
 * @param video what metrics by video group by
 * @param split the split that the archive wants, or empty
 */
record FaceAttributes(
    boolean fake,
    String domain,
    String identity,
    String sourceIdentity,
    String video,
    String split) {

  static FaceAttributes of(FaceLabel label, String video) {
    return new FaceAttributes(
        label.getFake(),
        label.getFake() ? firstNamed(label.getDomain(), "fake") : FaceSet.REAL,
        firstNamed(label.getIdentity(), label.getSource(), video),
        label.getSourceIdentity(),
        video,
        label.getSplit());
  }

  private static String firstNamed(String... names) {
    for (String name : names) {
      if (!name.isBlank()) {
        return name;
      }
    }
    return "";
  }
}
