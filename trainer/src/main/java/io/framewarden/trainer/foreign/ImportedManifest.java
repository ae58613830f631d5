package io.framewarden.trainer.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.extraction.extract.ExtractionRecipe;
import io.framewarden.extraction.extract.FaceSpec;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.schemas.model.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an imported model's manifest says.
 *
 * @param model how it is imported
 * @param foreign the graph
 */
record ImportedManifest(ModelImport model, ForeignGraph foreign) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The manifest without golden faces and files.
   *
   * @param probabilities whether the graph's values are probabilities
   */
  ModelManifest of(FaceShape shape, boolean probabilities) throws IOException {
    ModelImport.About about = model.about();
    Path file = model.file();
    ExtractionRecipe recipe =
        new FaceSpec(AlignmentTemplate.named(model.crop(), shape.width()), shape.format())
            .recipe(model.detector());
    String sha256 = Sha256.of(file);
    ObjectNode origin = JSON.createObjectNode();
    origin
        .put("importedFrom", String.valueOf(file.getFileName()))
        .put("sha256", sha256)
        .put("opset", foreign.opset())
        .put("input", foreign.input().getName() + ": " + model.input())
        .put("output", foreign.output().getName() + ": " + model.output())
        .put("outputIs", probabilities ? "probabilities" : "logits")
        .put("crop", model.crop());
    if (about.licence() != null) {
      origin.put("licence", about.licence());
    }
    return ModelManifest.builder()
        .name(about.name())
        .version(about.version() == null ? sha256.substring(0, 12) : about.version())
        .description(description())
        .input(new ModelManifest.Input("faces", shape))
        .extraction(recipe.digest(), json(recipe.json()))
        .calibration(Calibration.none())
        .operatingPoints(List.of(OperatingPoint.UNCALIBRATED))
        .training(
            new ModelManifest.Training(
                about.dataNotice() == null ? "not known" : about.dataNotice(),
                List.of(),
                List.of(),
                0,
                0,
                origin))
        .metrics(Map.of())
        .build();
  }

  private String description() {
    return model.about().description() != null
        ? model.about().description()
        : "Imported from " + model.file().getFileName() + ".";
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }
}
