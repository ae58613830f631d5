package io.framewarden.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.DomainBranch;
import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.TinyRuns;
import io.framewarden.trainer.training.TrainedDid;
import io.framewarden.trainer.training.Trainer;
import io.framewarden.trainer.training.TrainingConfig;
import io.framewarden.trainer.training.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class OnnxParityTest {

  @TempDir Path folder;

  @Test
  void theGraphComputesWhatTheNetworkComputes() throws Exception {
    checkParityOf(TinyRuns.NETWORK);
  }

  @Test
  void theGraphWithoutHighPassDoesToo() throws Exception {
    NetworkConfig inferred = TinyRuns.NETWORK.with(DomainBranch.NONE).withoutMutualInformation();
    checkParityOf(inferred.toBuilder().highPass(false).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 96})
  void theGraphBringsFacesToTheNetworksSideAsTrainingDoes(int side) throws Exception {
    NetworkConfig inferred = TinyRuns.NETWORK.with(DomainBranch.NONE).withoutMutualInformation();
    checkParityOf(inferred.toBuilder().side(side).build());
  }

  @Test
  void aMaskHeadInTheScoreIsInTheGraph() throws Exception {
    NetworkConfig inferred = TinyRuns.NETWORK.with(DomainBranch.NONE).withoutMutualInformation();
    checkParityOf(inferred.toBuilder().maskHead(true).maskInScore(0.5).build());
  }

  private void checkParityOf(NetworkConfig network) throws Exception {
    try (TrainedDid trained = train(network)) {
      Path file = folder.resolve("model.onnx");
      OnnxExporter.write(trained.network(), TinyRuns.SIDE, file);
      // More faces than go through at once, and not a multiple of it: N is free.
      byte[][] faces = new byte[19][];
      for (int i = 0; i < faces.length; i++) {
        faces[i] = TinyRuns.batch(i).faces()[i % 8];
      }
      OnnxParity.Report report = OnnxParity.compare(trained.network(), file, faces);
      assertEquals(19, report.faces());
      assertTrue(report.logitDifference() <= 1e-4, report.toString());
      assertTrue(report.logitDifference() > 0, "two engines do not agree to the last bit");
      assertTrue(report.attentionDifference() <= 1e-4, report.toString());
    }
  }

  @Test
  void theGraphHoldsNothingThatOnlyTrainingNeeds() throws Exception {
    try (TrainedDid trained = train(TinyRuns.NETWORK)) {
      Path file = folder.resolve("model.onnx");
      OnnxExporter.write(trained.network(), TinyRuns.SIDE, file);
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
      assertEquals("framewarden", model.getProducerName());
      assertEquals(17, model.getOpsetImport(0).getVersion());
      // One convolution a unit of the backbone, four in A_df, two layers in C.
      assertEquals(20 + 4, count(model, "Conv"));
      assertEquals(2, count(model, "Gemm"));
      assertEquals(0, count(model, "BatchNormalization"));
      assertEquals(1, model.getGraph().getInputCount());
    }
  }

  private static long count(ModelProto model, String operator) {
    return model.getGraph().getNodeList().stream()
        .filter(node -> node.getOpType().equals(operator))
        .count();
  }

  @Test
  void theGraphOfAnotherNetworkDiffers() throws Exception {
    try (TrainedDid trained = train(TinyRuns.NETWORK);
        DidNetwork other = DidNetwork.create(TinyRuns.NETWORK, 3, 99)) {
      Path file = folder.resolve("model.onnx");
      OnnxExporter.write(other, TinyRuns.SIDE, file);
      OnnxParity.Report report =
          OnnxParity.compare(trained.network(), file, TinyRuns.batch(0).faces());
      assertTrue(report.logitDifference() > 1e-2, report.toString());
      assertTrue(report.attentionDifference() > 1e-2, report.toString());
    }
  }

  @Test
  void refusesAFileThatIsNoGraph() throws Exception {
    Path file = Files.writeString(folder.resolve("model.onnx"), "not a graph");
    try (DidNetwork network = DidNetwork.create(TinyRuns.NETWORK, 3, 1)) {
      ParityException refusal =
          assertThrows(
              ParityException.class,
              () -> OnnxParity.compare(network, file, TinyRuns.batch(0).faces()));
      assertTrue(refusal.getMessage().contains("does not run"), refusal.getMessage());
    }
  }

  @Test
  void thePlainBaselineAttendsToEverything() throws Exception {
    try (TrainedDid trained = train(TinyRuns.NETWORK.plain())) {
      Path file = folder.resolve("model.onnx");
      OnnxExporter.write(trained.network(), TinyRuns.SIDE, file);
      OnnxParity.Report report =
          OnnxParity.compare(trained.network(), file, TinyRuns.batch(40).faces());
      assertTrue(report.logitDifference() <= 1e-4, report.toString());
      assertEquals(0, report.attentionDifference());
      // The network says 1 for every cell, and the graph the same.
      for (float[] map : trained.scorer().score(TinyRuns.batch(40).faces()).attention()) {
        for (float cell : map) {
          assertEquals(1, cell);
        }
      }
    }
  }

  private TrainedDid train(NetworkConfig network) throws Exception {
    TrainingConfig config = TinyRuns.recipe(network, LossConfig.withMasks(), 30, 30);
    return Trainer.train(
        config,
        TinyRuns::batch,
        TinyRuns.DOMAINS,
        folder.resolve("run"),
        TrainingListener.NONE,
        TinyRuns.CPU);
  }
}
