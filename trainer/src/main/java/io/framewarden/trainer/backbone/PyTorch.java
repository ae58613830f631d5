package io.framewarden.trainer.backbone;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.framewarden.runtime.process.NativeLibraries;

/** DJL's PyTorch engine, which is started here and nowhere else. Stateless. */
public final class PyTorch {
  private static final String ENGINE = "PyTorch";

  private PyTorch() {}

  /** A manager of arrays on a device, to be closed by the caller. */
  public static NDManager manager(Device device) {
    NativeLibraries.prepareDjl();
    return NDManager.newBaseManager(device, ENGINE);
  }

  /** How many GPUs the engine sees. */
  public static int gpus() {
    NativeLibraries.prepareDjl();
    return Engine.getEngine(ENGINE).getGpuCount();
  }
}
