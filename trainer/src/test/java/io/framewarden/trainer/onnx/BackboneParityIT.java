package io.framewarden.trainer.onnx;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The families that {@link BackboneParityTest} knows only in parts. */
class BackboneParityIT {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"efficientnet-b3, true, 20", "xception, true, 6"})
  void theGraphComputesWhatTheNetworkComputes(String name, boolean highPass, int passes)
      throws Exception {
    BackboneParity.check(name, 1, highPass, passes, folder);
  }
}
