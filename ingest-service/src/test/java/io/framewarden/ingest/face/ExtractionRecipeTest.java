package io.framewarden.ingest.face;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtractionRecipeTest {
  private static final TrackerParameters TRACKER = TrackerParameters.defaults();
  private static final AlignmentTemplate TEMPLATE = AlignmentTemplate.defaults();

  @Test
  void jsonAndDigestAreTheSameOnEveryMachine() {
    ExtractionRecipe recipe =
        new ExtractionRecipe("luma-1", "a \"detector\"\\ of\ttests", TRACKER, TEMPLATE);
    assertEquals(
        """
        {"luma":"luma-1","detector":"a \\"detector\\"\\\\ of\\u0009tests","tracker":\
        {"association":"least-squared-distance-1","min_iou":0.2,"max_speed":4,"max_reach":1.5,\
        "max_size_ratio":1.8,"max_gap_us":1500000},"alignment":\
        {"interpolation":"bilinear-supersampled-1","size":224,\
        "points":[[71,66],[151,66],[112,113],[77,151],[147,150]],\
        "box_expansion":1.05,"box_shift":0.095}}""",
        recipe.json());
    assertEquals(
        "b495e31cfa66d6e503397e8e4f4df468489d4099f7d2324202e6202cc59c0a05", recipe.digest());
  }

  @Test
  void everyParameterChangesTheDigest() {
    List<ExtractionRecipe> recipes = new ArrayList<>();
    recipes.add(new ExtractionRecipe("luma-1", "detector", TRACKER, TEMPLATE));
    recipes.add(new ExtractionRecipe("luma-2", "detector", TRACKER, TEMPLATE));
    recipes.add(new ExtractionRecipe("luma-1", "detector 2", TRACKER, TEMPLATE));
    for (TrackerParameters tracker :
        List.of(
            new TrackerParameters(0.21, 4, 1.5, 1.8, 1_500_000),
            new TrackerParameters(0.2, 4.000001, 1.5, 1.8, 1_500_000),
            new TrackerParameters(0.2, 4, 1.6, 1.8, 1_500_000),
            new TrackerParameters(0.2, 4, 1.5, 1.9, 1_500_000),
            new TrackerParameters(0.2, 4, 1.5, 1.8, 1_500_001))) {
      recipes.add(new ExtractionRecipe("luma-1", "detector", tracker, TEMPLATE));
    }
    List<FacePoint> points = new ArrayList<>(TEMPLATE.points());
    points.set(2, new FacePoint(112, 114));
    for (AlignmentTemplate template :
        List.of(
            new AlignmentTemplate(225, TEMPLATE.points(), 1.05, 0.095),
            new AlignmentTemplate(224, points, 1.05, 0.095),
            new AlignmentTemplate(224, TEMPLATE.points(), 1.06, 0.095),
            new AlignmentTemplate(224, TEMPLATE.points(), 1.05, 0.1))) {
      recipes.add(new ExtractionRecipe("luma-1", "detector", TRACKER, template));
    }
    HashSet<String> digests = new HashSet<>();
    recipes.forEach(recipe -> digests.add(recipe.digest()));
    assertEquals(recipes.size(), digests.size());
  }
}
