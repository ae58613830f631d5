package io.framewarden.trainer.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import io.framewarden.trainer.backbone.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The heads' descriptions, read as shapes, costs and names. */
class HeadsTest {
  private static final Shape MAP = new Shape(2, 8, 7, 7);

  @Test
  void attentionGivesAMaskOfTheMapsShape() {
    assertEquals(MAP, new AttentionNetwork(8).outputShape(MAP));
  }

  @Test
  void classifierGivesOneLogitForEachOutput() {
    assertEquals(new Shape(2, 3), new Classifier(8, 4, 3).outputShape(MAP));
  }

  @Test
  void estimatorGivesOneNumberForEachPair() {
    Shape pair = new Shape(2, 16, 7, 7);
    assertEquals(new Shape(2), new MutualInformation(8, 49, 4).outputShape(pair));
  }

  @Test
  void mapOfOtherChannelsIsRejected() {
    Classifier classifier = new Classifier(9, 4, 1);
    assertThrows(IllegalArgumentException.class, () -> classifier.outputShape(MAP));
  }

  @Test
  void costCountsFullyConnectedLayers() {
    Cost cost = Cost.of(List.of(new Classifier(8, 4, 3)), new Shape(1, 8, 7, 7));
    assertEquals(8 * 4 + 4 + 4 * 3 + 3, cost.parameters());
    assertEquals(8 * 4 + 4 * 3, cost.multiplyAdds());
  }

  /** Stored checkpoints have these names. */
  @Test
  void parametersKeepTheirNames() {
    assertEquals(
        List.of(
            "01cAdp_01conv_weight",
            "01cAdp_01conv_bias",
            "01cAdp_02prelu_slope",
            "02spatial_01conv_weight",
            "02spatial_01conv_bias",
            "02spatial_02prelu_slope",
            "03sAdp_01conv_weight",
            "03sAdp_01conv_bias",
            "03sAdp_02prelu_slope",
            "04channel_01conv_weight",
            "04channel_01conv_bias",
            "04channel_02prelu_slope"),
        new AttentionNetwork(8).getParameters().keys());
    assertEquals(
        List.of("01first_weight", "01first_bias", "02second_weight", "02second_bias"),
        new Classifier(8, 4, 3).getParameters().keys());
    assertEquals(
        List.of(
            "01conv_weight",
            "01conv_bias",
            "02conv_weight",
            "02conv_bias",
            "03conv_weight",
            "03conv_bias",
            "04last_weight",
            "04last_bias"),
        new MutualInformation(8, 49, 4).getParameters().keys());
  }
}
