package io.framewarden.detector.engine.plan;

/**
 * What a plan is compiled for beside its model: TensorRT refuses, or worse, misuses plans of other
 * versions and devices.
 *
 * @param gpu the device's name, such as {@code NVIDIA L4}
 * @param computeCapability such as {@code 8.9}
 * @param tensorRt version, such as {@code 8.6.1}
 */
public record GpuTarget(String gpu, String computeCapability, String tensorRt) {}
