package io.framewarden.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestCardTest {

  @Test
  void nothingThatAModelSaysOfItselfBreaksTheTable() {
    ModelManifest manifest =
        ModelManifest.builder()
            .name("theirs")
            .version("1\n# 2")
            .description("One line.\nAnother.")
            .input(new ModelManifest.Input("faces", 64, 64))
            .extraction("d | e", null)
            .calibration(Calibration.none())
            .operatingPoints(List.of(OperatingPoint.UNCALIBRATED))
            .training(
                new ModelManifest.Training(
                    "videos\n| licence | free |\n\n# Title",
                    List.of(),
                    List.of(),
                    0,
                    0,
                    new ObjectMapper().createObjectNode().put("licence", "MIT|BSD")))
            .metrics(Map.of("a|b", 1.0))
            .build();

    String card = ManifestCard.markdown(manifest);

    assertEquals(
        """
        # theirs 1\\u000a# 2

        One line.
        Another.

        | | |
        |---|---|
        | model | theirs 1\\u000a# 2 |
        | faces | gray8 64x64, as faces |
        | extraction | d \\| e |
        | calibration | none: the probability is the plain sigmoid of the logit, and claims nothing |
        | operating point uncalibrated | fake from 0.500000, real below 0.500000; chosen on nobody, \
        for human review |
        | trained on | videos\\u000a\\| licence \\| free \\|\\u000a\\u000a# Title |
        | licence | MIT\\|BSD |
        | metric a\\|b | 1 |
        """,
        card);
  }
}
