package io.framewarden.trainer.dataset;

import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.forgery.Forgery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Which kinds of pseudo-fakes are made, and how often.
 *
 * @param weights relative frequencies by kind, in the order of their domain numbers; every one
 *     positive
 */
public record ForgeryMix(Map<String, Double> weights) {

  /**
   * @throws IllegalArgumentException naming the kind that does not exist or the weight that is not
   *     positive
   */
  public ForgeryMix {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    weights.forEach(
        (kind, weight) -> {
          Forgeries.named(kind);
          if (!(weight > 0) || weight.isInfinite()) {
            throw new IllegalArgumentException(
                "the weight of " + kind + " must be a positive number, not " + weight);
          }
        });
  }

  /** Mostly self-blending, with enough of the others that no single trace is all there is. */
  public static ForgeryMix standard() {
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put("self-blend", 0.55);
    weights.put("swap", 0.15);
    weights.put("decoder", 0.15);
    weights.put("mouth", 0.15);
    return new ForgeryMix(weights);
  }

  /** No pseudo-fakes. */
  public static ForgeryMix none() {
    return new ForgeryMix(Map.of());
  }

  /** Kinds as {@code name} or {@code name=weight}; a name alone weighs 1. */
  public static ForgeryMix parse(List<String> kinds) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String kind : kinds) {
      int equals = kind.indexOf('=');
      String name = equals < 0 ? kind : kind.substring(0, equals);
      try {
        weights.put(name.trim(), equals < 0 ? 1 : Double.parseDouble(kind.substring(equals + 1)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(kind + ": a weight is a number, as in self-blend=4", e);
      }
    }
    return new ForgeryMix(weights);
  }

  /** The same mix without these kinds. */
  public ForgeryMix without(List<String> heldOut) {
    Map<String, Double> kept = new LinkedHashMap<>(weights);
    heldOut.forEach(kept::remove);
    return new ForgeryMix(kept);
  }

  /** Whether no pseudo-fakes are made. */
  public boolean isEmpty() {
    return weights.isEmpty();
  }

  /** The kinds in order. */
  public List<String> kinds() {
    return new ArrayList<>(weights.keySet());
  }

  /** Whether any of the kinds needs another person's face. */
  boolean swaps() {
    return weights.keySet().stream().anyMatch(kind -> Forgeries.named(kind).swaps());
  }

  /** A kind at its frequency. */
  Forgery draw(RandomGenerator random) {
    double total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    double remaining = random.nextDouble() * total;
    String last = "";
    for (Map.Entry<String, Double> entry : weights.entrySet()) {
      last = entry.getKey();
      remaining -= entry.getValue();
      if (remaining < 0) {
        break;
      }
    }
    return Forgeries.named(last);
  }
}
