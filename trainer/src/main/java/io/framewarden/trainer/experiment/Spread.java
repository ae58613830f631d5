package io.framewarden.trainer.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Mean and spread of a metric over repeated runs.
 *
 * @param runs how many, at least 1
 * @param deviation sample standard deviation (n - 1); null for a single run, which has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Spread(int runs, double mean, Double deviation) {
  /** Of these values; empty when there is none. */
  public static Optional<Spread> of(List<Double> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    int n = values.size();
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
    double squares = values.stream().mapToDouble(f -> (f - mean) * (f - mean)).sum();
    return Optional.of(new Spread(n, mean, n == 1 ? null : Math.sqrt(squares / (n - 1))));
  }

  /**
   * As "mean ± deviation".
   *
   * @param format of a number, e.g. {@code %.3f}
   */
  String text(String format) {
    String text = String.format(Locale.ROOT, format, mean);
    return deviation == null
        ? text
        : text + " ± " + String.format(Locale.ROOT, format.replace("+", ""), deviation);
  }
}
