package io.framewarden.trainer.probe;

/**
 * What a probe found.
 *
 * @param name short, for programs
 * @param meaning what was measured, for people
 * @param value the measurement
 * @param low the least value that is wanted
 * @param high the greatest value that is wanted
 */
public record Probe(String name, String meaning, double value, double low, double high) {

  /** Whether the value is within the bounds. */
  public boolean passed() {
    return value >= low && value <= high;
  }

  /** The bounds in words. */
  public String wanted() {
    if (high == Double.POSITIVE_INFINITY) {
      return "at least " + low;
    }
    return low == Double.NEGATIVE_INFINITY ? "at most " + high : low + " to " + high;
  }
}
