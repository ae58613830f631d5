package io.framewarden.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of Prometheus text format 0.0.4: each sample belongs to the family whose HELP and
 * TYPE stand before it, families come once, samples come once, and the text ends with a line feed.
 */
public final class PrometheusText {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String LABEL =
      "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\\\\\|\\\\\"|\\\\n)*\"";
  private static final String VALUE = "([-+]?(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|Inf)|NaN)";
  private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") .+");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(\\{(?:" + LABEL + ",?)*\\})? " + VALUE + "(?: [0-9]+)?");

  private final Map<String, Double> samples = new HashMap<>();
  private final Set<String> families = new HashSet<>();
  private String helped = "";
  private String family = "";

  private PrometheusText() {}

  /**
   * Parses a text to sample values by name and labels.
   *
   * @throws IllegalArgumentException where the text breaks the format
   */
  public static Map<String, Double> parse(String text) {
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new IllegalArgumentException("the last line has no line feed");
    }
    PrometheusText reader = new PrometheusText();
    text.lines().forEach(reader::parseLine);
    return reader.samples;
  }

  private void parseLine(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (help.matches()) {
      helped = help.group(1);
    } else if (type.matches()) {
      require(type.group(1).equals(helped), "TYPE without its HELP", line);
      family = type.group(1);
      require(families.add(family), "family twice", line);
    } else {
      require(sample.matches(), "no sample", line);
      addSample(sample, line);
    }
  }

  private void addSample(Matcher sample, String line) {
    String name = sample.group(1);
    require(
        name.equals(family) || name.matches(Pattern.quote(family) + "_(bucket|sum|count)"),
        "not in family " + family,
        line);
    String labels = sample.group(2) == null ? "" : sample.group(2).replace(",}", "}");
    double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
    require(samples.put(name + labels, value) == null, "sample twice", line);
  }

  private static void require(boolean holds, String otherwise, String line) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise + ": " + line);
    }
  }
}
