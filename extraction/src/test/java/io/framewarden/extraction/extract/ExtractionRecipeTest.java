package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtractionRecipeTest {
  private static final AlignmentTemplate TEMPLATE = AlignmentTemplate.defaults();

  @Test
  void jsonAndDigestAreTheSameOnEveryMachine() {
    ExtractionRecipe recipe =
        new ExtractionRecipe("luma-1", "a \"detector\"\\ of\ttests", TEMPLATE);
    assertEquals(
        """
        {"luma":"luma-1","detector":"a \\"detector\\"\\\\ of\\u0009tests","alignment":\
        {"interpolation":"bilinear-supersampled-1","size":224,\
        "points":[[81,93],[143,93],[112,127],[84.5,160.5],[139.5,160.5]],\
        "box_expansion":1.38,"box_shift":0.01}}\
        """,
        recipe.json());
    assertEquals(
        "ce166a968da841c8b272f4eb9673de146707dbdf8d10f23d37ea3ed9b4bd5219", recipe.digest());
  }

  @Test
  void everyParameterChangesTheDigest() {
    List<ExtractionRecipe> recipes = new ArrayList<>();
    recipes.add(new ExtractionRecipe("luma-1", "detector", TEMPLATE));
    recipes.add(new ExtractionRecipe("luma-2", "detector", TEMPLATE));
    recipes.add(new ExtractionRecipe("luma-1", "detector 2", TEMPLATE));
    List<FacePoint> points = new ArrayList<>(TEMPLATE.points());
    points.set(2, new FacePoint(112, 114));
    for (AlignmentTemplate template :
        List.of(
            new AlignmentTemplate(225, TEMPLATE.points(), 1.05, 0.095),
            new AlignmentTemplate(224, points, 1.05, 0.095),
            new AlignmentTemplate(224, TEMPLATE.points(), 1.06, 0.095),
            new AlignmentTemplate(224, TEMPLATE.points(), 1.05, 0.1))) {
      recipes.add(new ExtractionRecipe("luma-1", "detector", template));
    }
    HashSet<String> digests = new HashSet<>();
    recipes.forEach(recipe -> digests.add(recipe.digest()));
    assertEquals(recipes.size(), digests.size());
  }
}
