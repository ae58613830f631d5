package io.framewarden.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.DidScorer;
import io.framewarden.trainer.did.DomainBranch;
import io.framewarden.trainer.did.FaceTensors;
import io.framewarden.trainer.did.GradientMode;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.TinyRuns;
import java.nio.file.Path;
import java.util.Arrays;

/** Checks the graph of a backbone whose statistics were warmed by passes over noise. */
final class BackboneParity {

  private static final int BATCH = 4;

  private BackboneParity() {}

  static void check(String name, double width, boolean highPass, int passes, Path folder)
      throws Exception {
    NetworkConfig config =
        TinyRuns.NETWORK.with(DomainBranch.NONE).withoutMutualInformation().toBuilder()
            .backbone(BackboneKind.of(name))
            .width(width)
            .highPass(highPass)
            .build();
    try (DidNetwork network = DidNetwork.create(config, 2, 1)) {
      warm(network, passes);
      Path file = folder.resolve("model.onnx");
      OnnxExporter.write(network, TinyRuns.SIDE, file);
      byte[][] faces = TinyRuns.batch(77).faces();
      OnnxParity.Report report = OnnxParity.compare(network, file, faces);
      assertEquals(faces.length, report.faces());
      assertTrue(report.logitDifference() <= 1e-4, report.toString());
      assertTrue(report.attentionDifference() <= 1e-4, report.toString());
      assertTrue(report.logitDifference() > 0, "two engines do not agree to the last bit");
      // A network that answers the same to everything would agree with anything.
      float[] logits = new DidScorer(network).score(faces).logits();
      Arrays.sort(logits);
      float spread = logits[logits.length - 1] - logits[0];
      assertTrue(report.logitDifference() < 0.01 * spread, report + " of " + spread);
    }
  }

  private static void warm(DidNetwork network, int passes) {
    try (GradientMode disabled = GradientMode.disable()) {
      for (int step = 0; step < passes; step++) {
        try (NDManager scope = network.manager().newSubManager()) {
          byte[][] faces = TinyRuns.batch(step).faces();
          network.train(FaceTensors.of(scope, faces, 0, BATCH), 0, new int[0]);
        }
      }
    }
  }
}
