package io.framewarden.trainer.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.dataset.Augmentation;
import io.framewarden.trainer.dataset.Sampling;
import io.framewarden.trainer.did.BetaOn;
import io.framewarden.trainer.did.DomainBranch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeFileTest {
  private static final Path RECIPES = Path.of("..", "recipes");

  @TempDir Path folder;

  @Test
  void theRecipesThatComeWithTheProgramAreWhatTheirNamesSay() throws IOException {
    assertEquals(Recipe.small(), RecipeFile.read(RECIPES.resolve("did-small.yaml")));
    assertEquals(Recipe.paper(), RecipeFile.read(RECIPES.resolve("did-paper.yaml")));
  }

  @Test
  void whatAFileLeavesOutIsAsInTheSmallRecipe() throws IOException {
    assertEquals(Recipe.small(), read("# nothing at all"));
    Recipe recipe =
        read(
            """
            loss: {alpha: 1, lambda-dec: 5e-2}
            training:
              steps: 12
            data:
              forge: {splice: 2}
              hold-out: [decoder]
              augmentation: crops
              degradation:
                min-face-width: 80
                h264: 1
            """);
    assertEquals(80, recipe.data().degradation().minFaceWidth());
    assertEquals(1, recipe.data().degradation().h264());
    assertEquals(224, recipe.data().degradation().maxFaceWidth());
    assertEquals(1, recipe.training().loss().alpha());
    assertEquals(0.05, recipe.training().loss().lambdaDec());
    assertEquals(2, recipe.training().loss().power());
    assertEquals(12, recipe.training().steps());
    assertEquals(Map.of("splice", 2.0), recipe.data().forge());
    assertEquals(List.of("decoder"), recipe.data().holdOut());
    assertEquals(Augmentation.CROPS, recipe.data().augmentation());
    assertEquals(Recipe.small().training().network(), recipe.training().network());
  }

  @Test
  void mistakesOfASectionWithinASectionAreToldWithTheirLines() {
    String message =
        refusal(
                """
                data:
                  degradation:
                    blur: 3
                    share: 2
                    max-quantiser: high
                """)
            .getMessage();
    assertTrue(message.contains("line 3: there is no data.degradation.blur; it may"), message);
    assertTrue(message.contains("line 4: data.degradation.share: the share of"), message);
    assertTrue(message.contains("line 5: data.degradation.max-quantiser must be a"), message);
    String flat = refusal("data: {degradation: strong}").getMessage();
    assertTrue(flat.contains("line 1: data.degradation needs keys below it"), flat);
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsLine() {
    RecipeException refusal =
        refusal(
            """
            network:
              bakbone: resnet18
              side: 100
              attention: maybe
            loss:
              alpha: 3
              power: lots
            training:
              batch: 1
              seed: 1.5
            data:
              forge: {magic: 1}
              hold-out: splice
              augmentation: some
            extra: 1
            optimizer: 3
            """);
    List<String> expected =
        List.of(
            "line 15: there is no section extra",
            "line 16: optimizer needs keys",
            "line 2: there is no network.bakbone; it may be one of [backbone, side,",
            "line 3: network.side: side must be a multiple of 32, not 100",
            "line 4: network.attention must be true or false, not \"maybe\"",
            "line 6: loss.alpha: alpha must lie in 0..1, not 3.0",
            "line 7: loss.power must be a number, not \"lots\"",
            "line 9: training.batch: batch must be at least 2, not 1",
            "line 10: training.seed must be a whole number, not 1.5",
            "line 12: data.forge:",
            "line 13: data.hold-out must be a list, as in [a, b], not \"splice\"",
            "line 14: data.augmentation must be one of");
    assertEquals(expected.size(), refusal.problems().size(), refusal.getMessage());
    for (int i = 0; i < expected.size(); i++) {
      String problem = refusal.problems().get(i);
      assertTrue(problem.startsWith(expected.get(i)), problem);
    }
    assertTrue(refusal.getMessage().contains("12 mistake(s)"), refusal.getMessage());
  }

  @Test
  void settingsThatContradictEachOtherAreToldOfTheirSection() {
    RecipeException refusal = refusal("network: {attention: false, domain-branch: classifier}");
    assertTrue(refusal.getMessage().contains("line 1: network"), refusal.getMessage());
  }

  @Test
  void choicesOfTheMethodAreTakenByTheirNames() throws IOException {
    Recipe recipe =
        read(
            """
            network: {domain-branch: classifier}
            loss: {beta-on: both}
            data: {sampling: uniform, forge: {}}
            """);
    assertEquals(DomainBranch.CLASSIFIER, recipe.training().network().domainBranch());
    assertEquals(BetaOn.BOTH, recipe.training().loss().betaOn());
    assertEquals(Sampling.UNIFORM, recipe.data().sampling());
    String refusal =
        refusal(
                """
                network: {domain-branch: half}
                loss: {beta-on: nothing}
                data: {sampling: uniform}
                """)
            .getMessage();
    assertTrue(refusal.contains("line 1: network.domain-branch: domainBranch must be"), refusal);
    assertTrue(refusal.contains("line 2: loss.beta-on must be one of"), refusal);
    assertTrue(refusal.contains("line 3: data.sampling: uniform sampling draws from"), refusal);
  }

  @Test
  void aValueThatIsOnlyRightInCompanyIsTaken() throws IOException {
    Recipe recipe = read("network: {backbone: efficientnetv2-l, width: 1}");
    assertEquals(BackboneKind.EFFICIENT_NET_V2_L, recipe.training().network().backbone());
    RecipeException refusal = refusal("network: {backbone: efficientnetv2-l}");
    assertTrue(refusal.getMessage().contains("width must be 1"), refusal.getMessage());
  }

  @Test
  void whatStopsANetworkFromKnowingItsDataByHeartIsChecked() throws IOException {
    Recipe recipe =
        read(
            """
            network: {dropout: 0.2, mask-in-score: 0.5, mask-head: true}
            loss: {label-smoothing: 0.05}
            optimizer: {ema-decay: 0.999}
            """);
    assertEquals(0.2, recipe.training().network().dropout());
    assertEquals(0.5, recipe.training().network().maskInScore());
    assertEquals(0.05, recipe.training().loss().labelSmoothing());
    assertEquals(0.999, recipe.training().optimizer().emaDecay());
    RecipeException refusal =
        refusal(
            """
            network:
              dropout: 1
              mask-in-score: 0.5
            loss: {label-smoothing: -0.1}
            optimizer: {ema-decay: 1}
            """);
    List<String> expected =
        List.of(
            "line 2: network.dropout: dropout must lie in 0..1, without 1",
            "line 3: network.mask-in-score: maskInScore must not be negative, and above 0 needs",
            "line 4: loss.label-smoothing: labelSmoothing must lie in 0..1, without 1, not -0.1",
            "line 5: optimizer.ema-decay: emaDecay must lie in 0..1, without 1, not 1.0");
    assertEquals(expected.size(), refusal.problems().size(), refusal.getMessage());
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(refusal.problems().get(i).startsWith(expected.get(i)), refusal.getMessage());
    }
    for (String other : List.of("mask-head", "bfloat16", "frozen-statistics")) {
      RecipeException both =
          refusal("network: {%s: true, gradient-checkpointing: true}".formatted(other));
      assertTrue(both.getMessage().contains("switch off either"), both.getMessage());
    }
  }

  @Test
  void whatIsNoYamlIsToldWithItsLine() {
    assertTrue(refusal("loss:\n  alpha: [1\n").getMessage().contains("not YAML"));
    assertTrue(refusal("just words").getMessage().contains("sections"));
    RecipeException missing =
        assertThrows(RecipeException.class, () -> RecipeFile.read(folder.resolve("none.yaml")));
    assertTrue(missing.getMessage().contains("no such file"), missing.getMessage());
  }

  private RecipeException refusal(String text) {
    return assertThrows(RecipeException.class, () -> read(text));
  }

  private Recipe read(String text) throws IOException {
    return RecipeFile.read(Files.writeString(folder.resolve("recipe.yaml"), text));
  }
}
