package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.RecipeText;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.extraction.face.align.FaceAligner;
import io.framewarden.schemas.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Everything that decides the pixels of a face frame. Videos extracted by recipes of one digest
 * were processed alike; a model is trained and served on frames of one digest. Sampling is no part
 * of it, nor is tracking: neither changes a pixel. Both are recorded beside it.
 *
 * @param luma names the version of the conversion from decoded frames to luma
 * @param detector {@link FaceDetector#recipe()}
 * @param alignment where aligned faces lie
 * @param colour names the version of the conversion to colour; empty for gray faces
 */
public record ExtractionRecipe(
    String luma, String detector, AlignmentTemplate alignment, String colour) {
  /** The recipe of gray faces. */
  public ExtractionRecipe(String luma, String detector, AlignmentTemplate alignment) {
    this(luma, detector, alignment, "");
  }

  public ExtractionRecipe {
    Objects.requireNonNull(colour, "colour");
    Objects.requireNonNull(luma, "luma");
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(alignment, "alignment");
  }

  /** The recipe as one line of JSON: fixed order of names, no spaces, the same on every machine. */
  public String json() {
    return "{\"luma\":"
        + RecipeText.quoted(luma)
        + ",\"detector\":"
        + RecipeText.quoted(detector)
        + ",\"alignment\":"
        + alignmentJson()
        + (colour.isEmpty() ? "" : ",\"colour\":" + RecipeText.quoted(colour))
        + "}";
  }

  /** The extraction digest: sha256 of {@link #json()} in UTF-8, lower-case hex. */
  public String digest() {
    return Sha256.of(json().getBytes(StandardCharsets.UTF_8));
  }

  private String alignmentJson() {
    return "{\"interpolation\":"
        + RecipeText.quoted(FaceAligner.INTERPOLATION)
        + ",\"size\":"
        + alignment.size()
        + ",\"points\":"
        + alignment.points().stream()
            .map(
                point ->
                    "[" + RecipeText.number(point.x()) + "," + RecipeText.number(point.y()) + "]")
            .collect(Collectors.joining(",", "[", "]"))
        + ",\"box_expansion\":"
        + RecipeText.number(alignment.boxExpansion())
        + ",\"box_shift\":"
        + RecipeText.number(alignment.boxShift())
        + "}";
  }
}
