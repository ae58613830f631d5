package io.framewarden.extraction.extract;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.extraction.face.Chroma;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.v1.PixelFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What face frames look like: where a face lies in them, how large they are and whether they are
 * gray. A model asks for one. Immutable.
 *
 * @param template where aligned faces lie
 * @param format of their pixels
 */
public record FaceSpec(AlignmentTemplate template, PixelFormat format) {
  /** The longest side of an extracted face; a record of it must pass through Kafka. */
  public static final int MAX_SIDE = 1024;

  /** The shortest; smaller ones tell nothing. */
  public static final int MIN_SIDE = 16;

  public FaceSpec {
    Objects.requireNonNull(format, "format");
    if (template.size() < MIN_SIDE || template.size() > MAX_SIDE) {
      throw new IllegalArgumentException(
          "faces are extracted at %d to %d pixels, not at %d"
              .formatted(MIN_SIDE, MAX_SIDE, template.size()));
    }
  }

  /** Gray faces by the default template. */
  public static FaceSpec defaults() {
    return new FaceSpec(AlignmentTemplate.defaults(), PixelFormat.GRAY8);
  }

  /**
   * What a model asks for: the alignment of its extraction recipe, or the default one at the side
   * of its input where the recipe is not known.
   *
   * @throws IllegalArgumentException when the model takes faces that cannot be extracted
   */
  public static FaceSpec of(ModelManifest manifest) {
    FaceShape shape = manifest.input().shape();
    if (shape.width() != shape.height()) {
      throw new IllegalArgumentException("its faces are " + shape + "; only squares are extracted");
    }
    JsonNode recipe = manifest.extractionRecipe();
    JsonNode alignment = recipe == null ? null : recipe.get("alignment");
    if (alignment == null) {
      return new FaceSpec(AlignmentTemplate.named("framewarden", shape.width()), shape.format());
    }
    AlignmentTemplate template = template(alignment);
    if (template.size() != shape.width()) {
      throw new IllegalArgumentException(
          "it takes faces of %s, but was trained on faces of %d pixels"
              .formatted(shape, template.size()));
    }
    return new FaceSpec(template, shape.format());
  }

  /** As {@link ExtractionRecipe#json()} writes it. */
  private static AlignmentTemplate template(JsonNode alignment) {
    List<FacePoint> points = new ArrayList<>();
    for (JsonNode point : alignment.path("points")) {
      points.add(new FacePoint((float) point.path(0).asDouble(), (float) point.path(1).asDouble()));
    }
    return new AlignmentTemplate(
        alignment.path("size").asInt(),
        points,
        alignment.path("box_expansion").asDouble(),
        alignment.path("box_shift").asDouble());
  }

  /** The size and format of a face frame. */
  public FaceShape shape() {
    return new FaceShape(template.size(), template.size(), format);
  }

  /** Whether frames are needed in colour. */
  boolean isColour() {
    return format != PixelFormat.GRAY8;
  }

  /** The recipe of faces like these that a face detector finds, which is opened to tell its own. */
  public ExtractionRecipe recipe(FaceDetectorConfig detector) {
    try (DetectorPool detectors = DetectorPool.open(detector.withThreads(1))) {
      return recipe(VideoReader.LUMA_CONVERSION, detectors.recipe());
    }
  }

  /** The recipe of faces like these that a detector finds. */
  ExtractionRecipe recipe(String luma, String detector) {
    return new ExtractionRecipe(luma, detector, template, isColour() ? Chroma.CONVERSION : "");
  }
}
