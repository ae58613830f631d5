package io.framewarden.detector.engine.compile;

import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.plan.GpuTarget;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.tensorrt.global.nvinfer;

/** The first GPU of this machine, as the CUDA runtime describes it. */
public final class Gpu {
  private static final String REMEDY =
      " Compiled plans need an NVIDIA GPU with its driver, libcudart.so.12 and TensorRT 8.6 (their"
          + " folders in LD_LIBRARY_PATH).";

  private Gpu() {}

  /**
   * What plans that are built here are good for.
   *
   * @throws InferenceException when there is no GPU, or a library is missing
   */
  public static GpuTarget target() {
    try (cudaDeviceProp properties = new cudaDeviceProp()) {
      int status = cudart.cudaGetDeviceProperties(properties, 0);
      if (status != cudart.cudaSuccess) {
        throw new InferenceException(
            "there is no GPU that CUDA can use: "
                + cudart.cudaGetErrorString(status).getString()
                + "."
                + REMEDY);
      }
      return new GpuTarget(
          properties.name().getString(),
          properties.major() + "." + properties.minor(),
          version(nvinfer.getInferLibVersion()));
    } catch (LinkageError e) {
      throw new InferenceException("TensorRT cannot be used here: " + deepest(e) + "." + REMEDY, e);
    }
  }

  /** 8601 is 8.6.1. */
  static String version(int number) {
    return number / 1000 + "." + number / 100 % 10 + "." + number % 100;
  }

  private static String deepest(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }
}
