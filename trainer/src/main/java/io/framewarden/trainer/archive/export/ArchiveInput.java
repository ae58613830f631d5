package io.framewarden.trainer.archive.export;

import io.framewarden.v1.FaceLabel;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file that goes into an archive.
 *
 * @param source where it is
 * @param name relative to the data set, with '/' between folders; the video id of its faces
 * @param photograph a still image rather than a video
 * @param label of every person who has no label of their own
 * @param trackLabels by track id
 */
public record ArchiveInput(
    ArchiveSource source,
    String name,
    boolean photograph,
    FaceLabel label,
    Map<Integer, FaceLabel> trackLabels) {
  public ArchiveInput {
    trackLabels = Collections.unmodifiableMap(new TreeMap<>(trackLabels));
  }

  /** A file with one label for everybody in it. */
  public ArchiveInput(ArchiveSource source, String name, boolean photograph, FaceLabel label) {
    this(source, name, photograph, label, Map.of());
  }

  /** The label of a tracked person. */
  FaceLabel labelOf(int trackId) {
    return trackLabels.getOrDefault(trackId, label);
  }
}
