package io.framewarden.detector.engine.tensorrt;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.tensorrt.jni.JniUtils;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.runtime.process.NativeLibraries;
import java.nio.file.Path;

/**
 * Starts DJL's TensorRT engine. Its native part is unpacked to the engine cache's folder; the
 * libraries it is linked to (libnvinfer.so.8, libnvonnxparser.so.8, libnvparsers.so.8 and
 * libnvinfer_plugin.so.8) come from the machine's library path.
 */
final class TensorRtRuntime {
  static final String ENGINE = "TensorRT";

  /** DJL would look for PyTorch to do what TensorRT's arrays cannot, and try to download it. */
  private static final String NO_SECOND_ENGINE = "ai.djl.tensorrt.disable_alternative";

  private static final String NATIVES = "ENGINE_CACHE_DIR";

  private TensorRtRuntime() {}

  /**
   * Loads the engine, once a process.
   *
   * @param folder for DJL's native library
   * @return TensorRT's version, such as 8.6.1
   * @throws InferenceException when the libraries are not there or do not fit. Without a GPU the
   *     CUDA runtime may end the process instead: probe in a child.
   */
  static String start(Path folder) {
    System.setProperty(NO_SECOND_ENGINE, "true");
    NativeLibraries.prepareDjl();
    if (System.getProperty(NATIVES) == null && System.getenv(NATIVES) == null) {
      System.setProperty(NATIVES, folder.toAbsolutePath().resolve("djl").toString());
    }
    try {
      if (Engine.getEngine(ENGINE) == null) {
        throw new InferenceException("DJL's TensorRT engine is not on the class path");
      }
      return JniUtils.getTrtVersion();
    } catch (EngineException
        | IllegalStateException
        | UnsupportedOperationException
        | LinkageError e) {
      throw new InferenceException(
          "TensorRT does not start on this machine: "
              + deepest(e)
              + ". It needs the libraries of TensorRT 8.6 in LD_LIBRARY_PATH and libcudart.so.12 in"
              + " LD_PRELOAD.",
          e);
    }
  }

  private static String deepest(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }
}
