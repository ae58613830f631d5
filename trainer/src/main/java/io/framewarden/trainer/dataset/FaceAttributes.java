package io.framewarden.trainer.dataset;

import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.FaceLabel;
import java.util.Map;

/**
 * What an archive knows of a face. Faces of one track share an instance.
 *
 * @param domain forgery method, {@link FaceSet#REAL} for real faces
 * @param identity the person where the archive knows, else the source file, else the video: what a
 *     split keeps on one side
 * @param sourceIdentity of a swapped face the person whose face was put in, or empty
 * @param video what metrics by video group by
 * @param split the split that the archive wants, or empty
 * @param groups what else the archive knows of the person, by its name, as gender or age
 * @param photograph whether the archive has the photograph with dense landmarks, from which
 *     pseudo-fakes are made
 */
record FaceAttributes(
    boolean fake,
    String domain,
    String identity,
    String sourceIdentity,
    String video,
    String split,
    Map<String, String> groups,
    boolean photograph) {

  static FaceAttributes of(ArchivedFace face) {
    FaceLabel label = face.getLabel();
    String video = face.getFrame().getVideoId();
    return new FaceAttributes(
        label.getFake(),
        label.getFake() ? firstNamed(label.getDomain(), "fake") : FaceSet.REAL,
        firstNamed(label.getIdentity(), label.getSource(), video),
        label.getSourceIdentity(),
        video,
        label.getSplit(),
        Map.copyOf(label.getGroupsMap()),
        face.hasPhotograph());
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
