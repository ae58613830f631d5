package io.framewarden.detector.engine.probe;

import io.framewarden.detector.engine.tensorrt.GarbagePlanProcess;
import io.framewarden.runtime.process.ChildJvm;
import java.time.Duration;
import java.util.List;

/** Probes with a process that TensorRT itself aborts, and prints what the probe makes of it. */
public final class AbortedProbeProcess {
  private AbortedProbeProcess() {}

  public static void main(String[] arguments) {
    System.out.println(
        new EngineProbe(new ChildJvm(GarbagePlanProcess.class, Duration.ofMinutes(1)))
            .findProblem(List.of(arguments), () -> false));
  }
}
