package io.framewarden.trainer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.did.DomainBranch;
import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.TrainingConfig;
import io.framewarden.trainer.training.TrainingSchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AblationsTest {
  private static final TrainingConfig SMALL = TrainingConfig.small(10, 5);

  @Test
  void everyRowChangesOneThing() {
    Map<String, TrainingConfig> rows = rows(SMALL);
    assertEquals(
        List.of(
            "did",
            "did-without-adom",
            "did-without-domains",
            "did-without-t",
            "bce",
            "did-alpha0",
            "did-alpha1",
            "did-mask"),
        List.copyOf(rows.keySet()));
    NetworkConfig whole = SMALL.network();
    assertEquals(whole, rows.get("did").network());
    assertEquals(whole.with(DomainBranch.CLASSIFIER), rows.get("did-without-adom").network());
    assertEquals(whole.with(DomainBranch.NONE), rows.get("did-without-domains").network());
    assertEquals(whole.withoutMutualInformation(), rows.get("did-without-t").network());
    assertEquals(whole.plain(), rows.get("bce").network());
    assertEquals(0.5, rows.get("did").loss().alpha());
    assertEquals(1, rows.get("bce").loss().alpha());
    assertEquals(0, rows.get("did-alpha0").loss().alpha());
    assertEquals(1, rows.get("did-alpha1").loss().alpha());
    assertEquals(whole, rows.get("did-alpha1").network());
    assertEquals(SMALL, rows.get("did-mask"), "the small recipe is DID with the mask loss");
  }

  @Test
  void onlyTheLastRowHasTheMaskLoss() {
    rows(SMALL)
        .forEach(
            (key, config) ->
                assertEquals(
                    key.equals("did-mask") ? SMALL.loss().lambdaMask() : 0,
                    config.loss().lambdaMask(),
                    key));
  }

  @Test
  void budgetAndSeedAreTheSameInEveryRow() {
    for (TrainingConfig config : rows(SMALL).values()) {
      assertEquals(SMALL.steps(), config.steps());
      assertEquals(SMALL.batch(), config.batch());
      assertEquals(SMALL.seed(), config.seed());
      assertEquals(SMALL.optimizer(), config.optimizer());
      assertEquals(SMALL.network().backbone(), config.network().backbone());
      assertEquals(SMALL.network().width(), config.network().width());
    }
  }

  @Test
  void recipeWithoutMaskLossHasNoRowOfIt() {
    assertFalse(rows(with(SMALL.network(), LossConfig.paper())).containsKey("did-mask"));
  }

  @Test
  void recipeThatIsAblatedItselfIsRefused() {
    TrainingConfig without = with(SMALL.network().withoutMutualInformation(), SMALL.loss());
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Ablations.of(without));
    assertTrue(refusal.getMessage().contains("mutual-information"), refusal.getMessage());
  }

  private static TrainingConfig with(NetworkConfig network, LossConfig loss) {
    return new TrainingConfig(
        network, loss, SMALL.optimizer(), new TrainingSchedule(10, 1, 8, 5, 5));
  }

  private static Map<String, TrainingConfig> rows(TrainingConfig base) {
    Map<String, TrainingConfig> rows = new LinkedHashMap<>();
    Ablations.of(base).forEach(variant -> rows.put(variant.key(), variant.on(base)));
    return rows;
  }
}
