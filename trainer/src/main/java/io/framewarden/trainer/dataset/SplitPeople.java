package io.framewarden.trainer.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * How many people a training has on each side of its split, and what that is worth.
 *
 * @param train whom the weights learn from
 * @param validation whom probabilities and thresholds are fitted on
 * @param test whom the metrics are of
 */
public record SplitPeople(int train, int validation, int test) {
  /** So many people give ten to calibrate on and ten to evaluate on. */
  public static final int WANTED = 100;

  /** Metrics of fewer people are rough. */
  public static final int MIN_TEST = 30;

  /**
   * What a reader of the model's metrics and verdicts must know; nothing where there are enough.
   *
   * @param calibrates whether its own validation people are those to calibrate on
   */
  public List<String> warnings(boolean calibrates) {
    List<String> warnings = new ArrayList<>();
    int all = train + validation + test;
    if (all < WANTED) {
      warnings.add(
          ("%s in all: %d to train on, %d to calibrate on, %d to evaluate on. Training wants %d or"
                  + " more: what is learnt from so few, and measured on them, says little about"
                  + " others.")
              .formatted(count(all), train, validation, test, WANTED));
    }
    if (test == 0) {
      warnings.add(
          "Nobody to evaluate on: there are no metrics. Give more people, or evaluate the model on"
              + " another archive.");
    }
    if (calibrates && validation == 0) {
      warnings.add(
          "Nobody to calibrate on: P(fake) is the plain sigmoid of the logit, FAKE begins at 0.5,"
              + " and every verdict is for human review. Give more people, or --calibrate-on"
              + " ARCHIVE.");
    }
    return List.copyOf(warnings);
  }

  /** As in "1 person", "3 people". */
  public static String count(int people) {
    return people == 1 ? "1 person" : people + " people";
  }
}
