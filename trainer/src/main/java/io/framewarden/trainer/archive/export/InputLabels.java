package io.framewarden.trainer.archive.export;

import io.framewarden.v1.FaceLabel;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of the faces of a file.
 *
 * @param file of every person who has no label of their own
 * @param tracks by track id
 */
public record InputLabels(FaceLabel file, Map<Integer, FaceLabel> tracks) {
  public InputLabels {
    tracks = Collections.unmodifiableMap(new TreeMap<>(tracks));
  }

  /** One label for everybody in the file. */
  public static InputLabels of(FaceLabel file) {
    return new InputLabels(file, Map.of());
  }

  /** The label of a tracked person. */
  public FaceLabel of(int trackId) {
    return tracks.getOrDefault(trackId, file);
  }
}
