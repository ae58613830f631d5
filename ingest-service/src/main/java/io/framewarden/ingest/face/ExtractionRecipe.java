package io.framewarden.ingest.face;

import io.framewarden.schemas.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Everything that decides what the pixels of a face frame are. Two videos extracted by recipes of
 * one digest were treated alike; a model is trained and served on frames of one digest. Which
 * pictures are sampled is no part of it.
 *
 * @param luma names the version of the conversion from decoded pictures to luma
 * @param detector {@link FaceDetector#recipe()}
 * @param tracker the tracker's parameters
 * @param alignment where aligned faces lie
 */
public record ExtractionRecipe(
    String luma, String detector, TrackerParameters tracker, AlignmentTemplate alignment) {
  public ExtractionRecipe {
    Objects.requireNonNull(luma, "luma");
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(tracker, "tracker");
    Objects.requireNonNull(alignment, "alignment");
  }

  /** The recipe as one line of JSON: fixed order of names, no spaces, the same on every machine. */
  public String json() {
    return "{\"luma\":"
        + RecipeText.quoted(luma)
        + ",\"detector\":"
        + RecipeText.quoted(detector)
        + ",\"tracker\":"
        + trackerJson()
        + ",\"alignment\":"
        + alignmentJson()
        + "}";
  }

  /** The extraction digest: sha256 of {@link #json()} in UTF-8, lower-case hex. */
  public String digest() {
    return Sha256.of(json().getBytes(StandardCharsets.UTF_8));
  }

  private String trackerJson() {
    return "{\"association\":"
        + RecipeText.quoted(FaceTracker.ASSOCIATION)
        + ",\"min_iou\":"
        + RecipeText.number(tracker.minIou())
        + ",\"max_speed\":"
        + RecipeText.number(tracker.maxSpeed())
        + ",\"max_reach\":"
        + RecipeText.number(tracker.maxReach())
        + ",\"max_size_ratio\":"
        + RecipeText.number(tracker.maxSizeRatio())
        + ",\"max_gap_us\":"
        + tracker.maxGapUs()
        + "}";
  }

  private String alignmentJson() {
    return "{\"interpolation\":"
        + RecipeText.quoted(FaceAligner.INTERPOLATION)
        + ",\"size\":"
        + alignment.size()
        + ",\"points\":"
        + alignment.points().stream()
            .map(point -> RecipeText.number(point.x()) + "," + RecipeText.number(point.y()))
            .collect(Collectors.joining("],[", "[[", "]]"))
        + ",\"box_expansion\":"
        + RecipeText.number(alignment.boxExpansion())
        + ",\"box_shift\":"
        + RecipeText.number(alignment.boxShift())
        + "}";
  }
}
