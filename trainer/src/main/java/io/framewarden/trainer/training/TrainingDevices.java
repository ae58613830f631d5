package io.framewarden.trainer.training;

import ai.djl.Device;
import io.framewarden.trainer.backbone.PyTorch;
import java.util.ArrayList;
import java.util.List;

/** Devices by the names that commands take. */
public final class TrainingDevices {
  private static final String CPU = "cpu";
  private static final String CUDA = "cuda";

  private TrainingDevices() {}

  /**
   * Devices of a list as {@code cpu}, {@code cuda} (every GPU of the machine) or {@code
   * cuda:0,cuda:1}.
   *
   * @throws IllegalArgumentException naming what is no device, or not there
   */
  public static List<Device> parse(List<String> names) {
    List<Device> devices = new ArrayList<>();
    for (String name : names) {
      if (name.equals(CPU)) {
        devices.add(Device.cpu());
      } else if (name.equals(CUDA)) {
        int count = gpus(name, 1);
        for (int i = 0; i < count; i++) {
          devices.add(Device.gpu(i));
        }
      } else if (name.matches(CUDA + ":\\d{1,3}")) {
        int index = Integer.parseInt(name.substring(CUDA.length() + 1));
        gpus(name, index + 1);
        devices.add(Device.gpu(index));
      } else {
        throw new IllegalArgumentException(
            name + ": unknown device; expected cpu, cuda, or a list such as cuda:0,cuda:1");
      }
    }
    return devices;
  }

  private static int gpus(String name, int wanted) {
    int count = PyTorch.gpus();
    if (count < wanted) {
      throw new IllegalArgumentException(
          ("%s: the engine sees %d GPU(s) here. It needs NVIDIA's driver and a libtorch for CUDA,"
                  + " whose folder PYTORCH_LIBRARY_PATH names; or train with --devices cpu")
              .formatted(name, count));
    }
    return count;
  }
}
