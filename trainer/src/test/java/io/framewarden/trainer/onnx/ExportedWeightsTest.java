package io.framewarden.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.TinyRuns;
import io.framewarden.trainer.training.TrainedDid;
import io.framewarden.trainer.training.Trainer;
import io.framewarden.trainer.training.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ExportedWeightsTest {
  private static final NetworkConfig FROZEN =
      TinyRuns.NETWORK.toBuilder().frozenStatistics(true).build();

  /** A convolution of the attention whose output is summed over all places. */
  private static final String SUMMED = "attention.03sAdp_01conv_weight";

  @TempDir static Path folder;
  private static Path graph;
  private static float[] summed;

  @BeforeAll
  static void exportsATrainedNetwork() throws Exception {
    graph = folder.resolve("model.onnx");
    try (TrainedDid trained =
        Trainer.train(
            TinyRuns.recipe(TinyRuns.NETWORK, LossConfig.withMasks(), 20, 20),
            TinyRuns::batch,
            List.of("real", "a", "b"),
            folder.resolve("run"),
            TrainingListener.NONE,
            TinyRuns.CPU)) {
      OnnxExporter.write(trained.network(), TinyRuns.SIDE, graph);
      summed = summed(trained.network());
    }
  }

  @Test
  void theNetworkComputesWhatTheGraphDoes() throws Exception {
    try (DidNetwork network = DidNetwork.create(FROZEN, 5, 99)) {
      ExportedWeights.load(graph, network);
      OnnxParity.Report report = OnnxParity.compare(network, graph, TinyRuns.batch(3).faces());
      assertTrue(report.logitDifference() <= 1e-4, report.toString());
      assertTrue(report.attentionDifference() <= 1e-4, report.toString());
    }
  }

  @Test
  void aSumOverMorePlacesIsMadeSmaller() throws Exception {
    NetworkConfig larger = FROZEN.toBuilder().side(2 * TinyRuns.SIDE).build();
    try (DidNetwork network = DidNetwork.create(larger, 3, 99)) {
      ExportedWeights.load(graph, network);
      float[] scaled = summed(network);
      for (int i = 0; i < summed.length; i++) {
        assertEquals(summed[i] / 4, scaled[i], 1e-6);
      }
    }
  }

  @Test
  void anotherArchitectureIsRefusedByWhatDiffers() {
    NetworkConfig wider = FROZEN.toBuilder().width(1.0 / 8).build();
    assertTrue(
        refusal(graph, wider).contains("model.onnx: is not a graph of the recipe's network"));
    assertTrue(refusal(graph, wider).contains("has weights ["), refusal(graph, wider));
    String plain = refusal(graph, FROZEN.plain().toBuilder().frozenStatistics(true).build());
    assertTrue(plain.contains("where the network has"), plain);
  }

  @Test
  void batchStatisticsAreNotInAGraph() {
    String refusal = refusal(graph, TinyRuns.NETWORK);
    assertTrue(refusal.contains("set network.frozen-statistics: true"), refusal);
  }

  @Test
  void aFileThatIsNoGraphIsNamed() throws Exception {
    Path text = Files.writeString(folder.resolve("text.onnx"), "not a graph");
    assertTrue(refusal(text, FROZEN).contains("text.onnx"));
  }

  private static String refusal(Path file, NetworkConfig config) {
    try (DidNetwork network = DidNetwork.create(config, 3, 1)) {
      return assertThrows(IllegalArgumentException.class, () -> ExportedWeights.load(file, network))
          .getMessage();
    }
  }

  private static float[] summed(DidNetwork network) {
    return network.parameters().get(SUMMED).getArray().toFloatArray();
  }
}
