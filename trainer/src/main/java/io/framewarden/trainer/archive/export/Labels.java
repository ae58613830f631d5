package io.framewarden.trainer.archive.export;

import io.framewarden.v1.FaceLabel;
import java.util.List;
import java.util.Set;

/** Gives files their labels. */
interface Labels {
  /** The label of a file; not {@code labelled} where nothing is known. */
  FaceLabel of(MediaFile file);

  /**
   * Names that have a label although no input has them.
   *
   * @throws LabelTableException when that is all of them: before hours are spent on unlabelled
   *     faces
   */
  default Set<String> unmatched(List<MediaFile> files) throws LabelTableException {
    return Set.of();
  }

  /**
   * Labels by folder: everything below a folder {@code real} is real, below {@code fake/<method>}
   * forged by that method, otherwise unlabelled. Folders {@code train}, {@code validation} and
   * {@code test} say the split. The identity is the file's name without its ending.
   */
  static Labels byFolder() {
    return file -> {
      FaceLabel.Builder label =
          FaceLabel.newBuilder().setSource(file.name()).setIdentity(file.stem());
      String[] parts = file.labelled().split("/");
      for (int i = 0; i < parts.length - 1; i++) {
        if (Set.of("train", "validation", "test").contains(parts[i])) {
          label.setSplit(parts[i]);
        } else if (!label.getLabelled() && parts[i].equals("real")) {
          label.setLabelled(true).setDomain("real");
        } else if (!label.getLabelled() && parts[i].equals("fake")) {
          boolean method = i + 1 < parts.length - 1;
          label.setLabelled(true).setFake(true).setDomain(method ? parts[i + 1] : "fake");
        }
      }
      return label.build();
    };
  }
}
