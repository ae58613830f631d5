package io.framewarden.trainer.foreign;

import io.framewarden.trainer.publish.PublishException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a foreign graph's output says of a face.
 *
 * @param type how its values are to be read
 * @param index which of several values stands for fake; 0 where there is one
 * @param negated whether a high value stands for real
 */
public record OutputKind(Type type, int index, boolean negated) {
  private static final Pattern TEXT = Pattern.compile("(-?)(logit|sigmoid)|softmax:(\\d{1,3})");

  /** How values are to be read. */
  public enum Type {
    /** One unbounded number. */
    LOGIT(Set.of("Sigmoid")),
    /** One probability. */
    SIGMOID(Set.of("Sigmoid")),
    /** One probability, or one unbounded number, for each of several classes. */
    SOFTMAX(Set.of("Softmax", "LogSoftmax"));

    private final Set<String> operators;

    Type(Set<String> operators) {
      this.operators = operators;
    }

    /** The operators that squash its logits. */
    public Set<String> operators() {
      return operators;
    }
  }

  /**
   * Parses {@code logit}, {@code sigmoid}, either with a minus before it, or {@code softmax:INDEX}.
   *
   * @throws PublishException for any other text
   */
  public static OutputKind parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new PublishException(
          "--output is logit or sigmoid (with a minus before it where a high value stands for"
              + " real), or softmax:INDEX with the index of the fake class, as in softmax:1; not "
              + text);
    }
    if (matcher.group(3) != null) {
      return new OutputKind(Type.SOFTMAX, Integer.parseInt(matcher.group(3)), false);
    }
    Type type = matcher.group(2).equals("logit") ? Type.LOGIT : Type.SIGMOID;
    return new OutputKind(type, 0, !matcher.group(1).isEmpty());
  }

  /**
   * Whether the values are probabilities.
   *
   * @param rows the values of some faces
   */
  boolean isProbability(double[][] rows) {
    return switch (type) {
      case LOGIT -> false;
      case SIGMOID -> true;
      case SOFTMAX -> {
        for (double[] row : rows) {
          double sum = 0;
          for (double value : row) {
            sum += value >= 0 ? value : Double.NaN;
          }
          if (!(Math.abs(sum - 1) < 1e-3)) {
            yield false;
          }
        }
        yield true;
      }
    };
  }

  /**
   * P(fake) by the values of one face, in plain doubles: what the nodes after the graph must say.
   */
  double probability(double[] row, boolean probabilities) {
    double fake = row[index];
    if (!probabilities && type == Type.SOFTMAX) {
      double highest = Double.NEGATIVE_INFINITY;
      for (double value : row) {
        highest = Math.max(highest, value);
      }
      double sum = 0;
      for (double value : row) {
        sum += Math.exp(value - highest);
      }
      fake = Math.exp(fake - highest) / sum;
    } else if (!probabilities) {
      fake = 1 / (1 + Math.exp(-fake));
    }
    return negated ? 1 - fake : fake;
  }

  /**
   * Checks that the graph's values can be read so.
   *
   * @param rows the values of some faces
   * @throws PublishException naming the remedy
   */
  void check(ForeignGraph graph, double[][] rows) {
    int values = rows[0].length;
    if (type == Type.SOFTMAX && values < 2) {
      throw graph.refused("gives one value a face; say --output sigmoid, or logit");
    }
    if (type != Type.SOFTMAX && values != 1) {
      throw graph.refused(
          "gives %d values a face; say --output softmax:INDEX, with the fake class, or choose"
                  .formatted(values)
              + " another output with --output-name");
    }
    if (index >= values) {
      throw graph.refused("gives %d values a face, so none is %d".formatted(values, index));
    }
    if (type == Type.LOGIT && graph.before(type.operators).isPresent()) {
      throw graph.refused("ends in a Sigmoid, so it gives no logit; say --output sigmoid");
    }
    for (double[] row : rows) {
      if (type == Type.SIGMOID && !(row[0] >= 0 && row[0] <= 1)) {
        throw graph.refused(row[0] + " is no probability; say --output logit");
      }
    }
  }

  @Override
  public String toString() {
    String name = type.name().toLowerCase(java.util.Locale.ROOT);
    return (negated ? "-" : "") + name + (type == Type.SOFTMAX ? ":" + index : "");
  }
}
