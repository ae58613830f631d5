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
        "points":[[71,66],[151,66],[112,113],[77,151],[147,150]],\
        "box_expansion":1.05,"box_shift":0.095}}\
        """,
        recipe.json());
    assertEquals(
        "5af33c666a9dfb476a34057d87f48cad2fd6c483fe3d8dfcfdec5e7ba75cf0a9", recipe.digest());
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
