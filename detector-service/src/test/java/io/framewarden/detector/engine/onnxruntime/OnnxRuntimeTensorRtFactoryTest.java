package io.framewarden.detector.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtException;
import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Precision;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeTensorRtFactoryTest {
  @TempDir Path folder;

  @Test
  void withoutTheGpuBuildItFailsAndSaysWhatToDo() throws Exception {
    assumeFalse(OnnxRuntimeTensorRtFactory.isBuiltIn(), "this ONNX Runtime is a GPU build");
    ModelArtifact artifact = TinyModel.write(folder.resolve("model"), "recipe");
    var factory =
        new OnnxRuntimeTensorRtFactory(
            folder.resolve("cache"), Precision.FP16, BatchBuckets.DEFAULT);

    InferenceException refusal =
        assertThrows(InferenceException.class, () -> factory.open(artifact));

    assertInstanceOf(OrtException.class, refusal.getCause());
    assertTrue(refusal.getMessage().contains("onnxruntime_gpu"), refusal.getMessage());
  }

  @Test
  void asksTheProviderForWhatTheConfigurationSays() {
    Map<String, String> options =
        new OnnxRuntimeTensorRtFactory(
                Path.of("/cache"), Precision.FP16, BatchBuckets.parse("1,8,32"))
            .providerOptions(new ModelManifest.Input("faces", 224, 112), Path.of("/cache/e"));

    assertEquals("1", options.get("trt_fp16_enable"));
    assertEquals("1", options.get("trt_engine_cache_enable"));
    assertEquals("/cache/e", options.get("trt_engine_cache_path"));
    assertEquals("faces:1x1x112x224", options.get("trt_profile_min_shapes"));
    assertEquals("faces:32x1x112x224", options.get("trt_profile_opt_shapes"));
    assertEquals("faces:32x1x112x224", options.get("trt_profile_max_shapes"));
    assertTrue(Long.parseLong(options.get("trt_max_workspace_size")) >= 1L << 30);
  }
}
