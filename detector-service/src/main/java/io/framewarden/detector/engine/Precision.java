package io.framewarden.detector.engine;

import java.util.Locale;

/** The arithmetic that an engine scores with, and how far it may differ from the exporter's. */
public enum Precision {
  /** Float32 throughout, without TF32. */
  FP32(1e-3),

  /** Half precision wherever the engine finds it faster. */
  FP16(2e-2);

  private final double tolerance;

  Precision(double tolerance) {
    this.tolerance = tolerance;
  }

  /**
   * The largest difference of calibrated probabilities, in [0, 1], between this arithmetic and the
   * float32 of the exporter when both are right.
   */
  public double tolerance() {
    return tolerance;
  }

  /** As in variables, options and engine names: {@code fp32}, {@code fp16}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
