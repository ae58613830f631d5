package io.framewarden.trainer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.did.DomainBranch;
import io.framewarden.trainer.training.TrainingConfig;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExperimentTest {
  @ParameterizedTest
  @EnumSource(Experiment.class)
  void rowsAndColumnsAreThePapers(Experiment experiment) {
    assertEquals(
        experiment.paper().rows(),
        experiment.variants().stream().map(experiment::paper).distinct().toList());
    assertEquals(
        experiment.variants().size(),
        experiment.variants().stream().map(Variant::title).distinct().count());
    assertEquals(experiment.paper().columns().size(), experiment.columns().size());
    experiment
        .paper()
        .rows()
        .forEach(row -> assertEquals(experiment.columns().size(), row.values().size()));
  }

  @Test
  void dataSetsAreThoseThatThePaperNames() {
    assertEquals(Set.of("ffpp", "celebdf"), Experiment.TABLE_1.data());
    assertEquals(Set.of("ffpp", "diff"), Experiment.TABLE_2.data());
    assertEquals(Set.of("dffd", "celebdf"), Experiment.TABLE_3.data());
  }

  @Test
  void ablationsLeaveOutWhatTheirNamesSay() {
    TrainingConfig paper = TrainingConfig.paper(1, 1);
    List<TrainingConfig> models =
        Experiment.TABLE_4.variants().stream().map(variant -> variant.on(paper)).toList();
    assertEquals(DomainBranch.CLASSIFIER, models.get(0).network().domainBranch());
    assertEquals(DomainBranch.NONE, models.get(1).network().domainBranch());
    assertTrue(models.get(0).network().mutualInformation());
    assertTrue(models.get(1).network().mutualInformation());
    assertFalse(models.get(2).network().mutualInformation());
    assertEquals(DomainBranch.ATTENTION, models.get(2).network().domainBranch());
    assertEquals(paper, models.get(3));
  }

  @Test
  void bothReadingsOfWithoutDomainAttentionStandBesideThePapersRow() {
    List<Variant> rows = Experiment.TABLE_4.variants();
    assertEquals(Experiment.TABLE_4.paper(rows.get(0)), Experiment.TABLE_4.paper(rows.get(1)));
    assertEquals(0.763, Experiment.TABLE_4.paper(rows.get(1)).values().get(0).getAsDouble());
  }

  @Test
  void faceShifterIsNoneOfThePapersMethods() {
    for (String method : List.of("Deepfakes", "Face2Face", "FaceSwap", "NeuralTextures", "real")) {
      assertTrue(Experiment.isThePapers("ffpp", method), method);
    }
    assertFalse(Experiment.isThePapers("ffpp", "FaceShifter"));
    assertTrue(Experiment.isThePapers("diff", "FaceShifter"), "other data sets are as they are");
  }

  @Test
  void baselineIsBackboneAndCrossEntropyOnly() {
    TrainingConfig plain = Experiment.TABLE_3.variants().get(0).on(TrainingConfig.paper(1, 1));
    assertFalse(plain.network().attention());
    assertEquals(1, plain.loss().alpha());
  }

  @Test
  void sweepSharesItsMiddleWithTheMethodItself() {
    assertEquals(
        Experiment.TABLE_1.variants().get(0).key(), Experiment.FIGURE_4.variants().get(2).key());
    assertEquals(5, Experiment.FIGURE_4.variants().stream().map(Variant::key).distinct().count());
  }
}
