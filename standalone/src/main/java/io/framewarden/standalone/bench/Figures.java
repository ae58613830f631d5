package io.framewarden.standalone.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a benchmark measured: figures by name, in order.
 *
 * @param values a name in camel case with its unit, e.g. {@code coldStartToVerdictSeconds}, and the
 *     figure
 */
public record Figures(Map<String, Double> values) {

  public Figures {
    values = new LinkedHashMap<>(values);
  }

  /** These figures and others after them. */
  public Figures and(Figures more) {
    Map<String, Double> both = new LinkedHashMap<>(values);
    both.putAll(more.values());
    return new Figures(both);
  }
}
