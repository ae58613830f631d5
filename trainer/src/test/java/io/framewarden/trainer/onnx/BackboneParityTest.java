package io.framewarden.trainer.onnx;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of layer; F3-Net holds two Xceptions. {@link BackboneParityIT} has the others. */
@Tag("slow")
class BackboneParityTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "resnet50, 0.25, false",
    "efficientnetv2-s, 1, false",
    "efficientnet-lite0, 1, false",
    "vgg16-bn, 1, true",
    "f3net, 1, true"
  })
  void theGraphComputesWhatTheNetworkComputes(String name, double width, boolean highPass)
      throws Exception {
    BackboneParity.check(name, width, highPass, 6, folder);
  }
}
