package io.framewarden.runtime.config;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads typed values from environment variables. A bad value is remembered and its default
 * returned, so that {@link #check()} can report all of them at once. Not safe for several threads.
 */
public final class Settings {
  @ConfigDescription("Level of this project's own log lines; libraries log warnings and errors.")
  public static final String LOG_LEVEL = "FRAMEWARDEN_LOG_LEVEL";

  private static final String HIDDEN = "(hidden)";
  private static final Pattern SECRETS = Pattern.compile("PASSWORD|SECRET|TOKEN|CREDENTIAL|_KEY$");
  private static final Pattern LEVELS =
      Pattern.compile("trace|debug|info|warn|error|off", Pattern.CASE_INSENSITIVE);

  private final Map<String, String> environment;
  private final Map<String, String> used = new TreeMap<>();
  private final Map<String, String> accepted = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  public Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The settings of a command that is concerned with a few variables of a shell that may hold those
   * of many processes: variables without one of the prefixes are as if they were not set.
   */
  public static Settings only(Map<String, String> environment, String... prefixes) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.keySet().removeIf(name -> !name.equals(LOG_LEVEL) && none(name, prefixes));
    return new Settings(variables);
  }

  private static boolean none(String name, String... prefixes) {
    return Stream.of(prefixes).noneMatch(name::startsWith);
  }

  public String text(String name, String otherwise) {
    return read(name, otherwise, Function.identity(), value -> true, "any text");
  }

  public Optional<Path> path(String name) {
    String value = read(name, "", Settings::parsePath, path -> true, "a path");
    return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
  }

  public int integer(String name, int otherwise, int min, int max) {
    return read(
        name,
        otherwise,
        Integer::valueOf,
        value -> value >= min && value <= max,
        "a whole number from " + min + " to " + max);
  }

  public long wholeNumber(String name, long otherwise, long min, long max) {
    return read(
        name,
        otherwise,
        Long::valueOf,
        value -> value >= min && value <= max,
        "a whole number from " + min + " to " + max);
  }

  public double number(String name, double otherwise, double min, double max) {
    return read(
        name,
        otherwise,
        Double::valueOf,
        value -> value >= min && value <= max,
        "a number from " + min + " to " + max);
  }

  /** true or false. */
  public boolean flag(String name, boolean otherwise) {
    return read(name, otherwise, Settings::parseFlag, value -> true, "true or false");
  }

  /** Milliseconds ("500ms"), seconds ("30s"), minutes ("5m"), hours ("2h"), or ISO ("PT5M"). */
  public Duration duration(String name, Duration otherwise) {
    return read(
        name,
        otherwise,
        Settings::parseDuration,
        value -> !value.isNegative(),
        "a duration such as 500ms, 30s, 5m or 2h");
  }

  /** One of an enum's constants; case and '-' against '_' do not matter. */
  public <E extends Enum<E>> E choice(String name, E otherwise, Class<E> type) {
    return read(
        name,
        otherwise,
        value -> Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_')),
        value -> true,
        "one of "
            + Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
  }

  /**
   * Every variable that starts with {@code prefix}, by the rest of its name in lower case. Their
   * values may be anything, keys and passwords too, so {@link #used()} shows none of them.
   */
  public Map<String, String> withPrefix(String prefix) {
    accepted.put(prefix + "*", "any text");
    Map<String, String> found = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(prefix) && name.length() > prefix.length()) {
            accepted.put(name, "any text");
            used.put(name, HIDDEN);
            found.put(name.substring(prefix.length()).toLowerCase(Locale.ROOT), value);
          }
        });
    return found;
  }

  /**
   * Lets the variables that {@code reader} reads be there without using them: they configure
   * another role of the same process image. Their values are not judged.
   */
  public void tolerate(Consumer<Settings> reader) {
    Settings other = new Settings(environment);
    reader.accept(other);
    other.accepted.forEach(accepted::putIfAbsent);
  }

  /** Adds a problem that only shows across several variables. */
  public void problem(String description) {
    problems.add(description);
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidConfigurationException naming every bad value, and every FRAMEWARDEN_ variable
   *     that this process does not know
   */
  public void check() {
    read(
        LOG_LEVEL,
        "info",
        Function.identity(),
        level -> LEVELS.matcher(level).matches(),
        "one of trace, debug, info, warn, error, off");
    List<String> found = new ArrayList<>(problems);
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith("FRAMEWARDEN_") && !accepted.containsKey(name)) {
        found.add(
            name
                + " is not a variable of this service; it knows "
                + new TreeSet<>(accepted.keySet()));
      }
    }
    if (!found.isEmpty()) {
      throw new InvalidConfigurationException(found);
    }
  }

  /**
   * What each variable accepts, in words and in the order of reading; a prefix that was read ends
   * in a star.
   */
  public Map<String, String> accepted() {
    return Collections.unmodifiableMap(accepted);
  }

  /** The values that were read, for the log; secrets hidden. */
  public Map<String, String> used() {
    Map<String, String> shown = new TreeMap<>(used);
    shown.replaceAll((name, value) -> value.isEmpty() ? value : shown(name, value));
    return shown;
  }

  private static String shown(String name, String value) {
    return SECRETS.matcher(name).find() ? HIDDEN : value;
  }

  private <T> T read(
      String name, T otherwise, Function<String, T> parse, Predicate<T> accepts, String wanted) {
    accepted.put(name, wanted);
    String given = environment.getOrDefault(name, "").trim();
    T value = otherwise;
    if (!given.isEmpty()) {
      try {
        T parsed = parse.apply(given);
        if (accepts.test(parsed)) {
          value = parsed;
        } else {
          problems.add(name + " is " + shown(name, given) + ", which is not " + wanted);
        }
      } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
        problems.add(name + " is " + shown(name, given) + ", which is not " + wanted);
      }
    }
    used.put(name, String.valueOf(value));
    return value;
  }

  private static boolean parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static String parsePath(String text) {
    return Path.of(text).toString();
  }

  private static Duration parseDuration(String text) {
    if (text.startsWith("P")) {
      return Duration.parse(text);
    }
    String unit = text.replaceAll("[0-9]", "");
    long amount = Long.parseLong(text.substring(0, text.length() - unit.length()));
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> throw new IllegalArgumentException(text);
    };
  }
}
