package io.framewarden.runtime.process;

import java.time.Duration;

/**
 * What the kernel lets a child have.
 *
 * @param addressSpaceBytes everything that it maps, a JVM's reservations included
 * @param cpu processor time of all its threads, over its whole life
 * @param descriptors open files, sockets and pipes
 */
public record ProcessLimits(long addressSpaceBytes, Duration cpu, int descriptors) {
  public ProcessLimits {
    if (addressSpaceBytes < 1 << 20 || cpu.toSeconds() < 1 || descriptors < 16) {
      throw new IllegalArgumentException(
          "no process runs on %d bytes, %s of processor time and %d descriptors"
              .formatted(addressSpaceBytes, cpu, descriptors));
    }
  }
}
