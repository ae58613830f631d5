package io.framewarden.detector.engine.tensorrt;

import io.framewarden.detector.engine.InferenceException;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.tensorrt.global.nvinfer;

/** The first GPU of this machine, as the CUDA runtime describes it. */
final class GpuProperties {
  static final String REMEDY =
      " Compiling plans needs an NVIDIA GPU with its driver, and libcudart.so.12 and the libraries"
          + " of TensorRT 8.6 in LD_LIBRARY_PATH.";

  private GpuProperties() {}

  /**
   * What plans that are built here are compiled for; {@link BuilderNatives} must be loaded.
   *
   * @throws InferenceException when CUDA finds no GPU
   */
  static GpuTarget target() {
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
    }
  }

  /** 8601 is 8.6.1. */
  static String version(int number) {
    return number / 1000 + "." + number / 100 % 10 + "." + number % 100;
  }
}
