package io.framewarden.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a benchmark measured: values by name, in order.
 *
 * @param values a name in camel case with its unit, e.g. {@code coldStartToVerdictSeconds}, and its
 *     value
 */
public record Measurements(Map<String, Double> values) {

  public Measurements {
    values = new LinkedHashMap<>(values);
  }

  /** These values and others after them. */
  public Measurements and(Measurements more) {
    Map<String, Double> both = new LinkedHashMap<>(values);
    both.putAll(more.values());
    return new Measurements(both);
  }
}
