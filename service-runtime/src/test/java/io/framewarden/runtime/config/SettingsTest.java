package io.framewarden.runtime.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String NAME = "FRAMEWARDEN_X";

  private enum Colour {
    DEEP_RED,
    GREEN
  }

  @Test
  void givenValuesOfEveryType() {
    assertEquals("a b", with(" a b ").text(NAME, "z"));
    assertEquals(Optional.of(Path.of("/a/b")), with("/a/b").path(NAME));
    assertEquals(-3, with("-3").integer(NAME, 0, -5, 5));
    assertEquals(5_000_000_000L, with("5000000000").wholeNumber(NAME, 0, 0, Long.MAX_VALUE));
    assertEquals(0.25, with("0.25").number(NAME, 0, 0, 1));
    assertEquals(Colour.DEEP_RED, with("deep-red").choice(NAME, Colour.GREEN, Colour.class));
    assertEquals(Colour.DEEP_RED, with("Deep_Red").choice(NAME, Colour.GREEN, Colour.class));
  }

  @Test
  void unsetAndBlankValuesTakeTheDefault() {
    for (Settings settings : new Settings[] {new Settings(Map.of()), with("  ")}) {
      assertEquals("z", settings.text(NAME, "z"));
      assertEquals(Optional.empty(), settings.path(NAME));
      assertEquals(7, settings.integer(NAME, 7, 0, 9));
      assertEquals(0.5, settings.number(NAME, 0.5, 0, 1));
      assertEquals(Duration.ofMinutes(1), settings.duration(NAME, Duration.ofMinutes(1)));
      assertEquals(Colour.GREEN, settings.choice(NAME, Colour.GREEN, Colour.class));
      assertDoesNotThrow(settings::check);
    }
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "2h,PT2H", "PT1M30S,PT1M30S", "0s,PT0S"})
  void durations(String text, Duration expected) {
    assertEquals(expected, with(text).duration(NAME, Duration.ofDays(9)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5", "s", "-5s", "1h30m", "5 s", "PT-5S", "P", "1d", "99999999999999999h", "1.5s"})
  void whatIsNoDurationIsNamed(String text) {
    assertProblem(with(text), settings -> settings.duration(NAME, Duration.ZERO), text);
  }

  @Test
  void badValuesOfEveryTypeAreNamed() {
    assertProblem(with("x"), settings -> settings.integer(NAME, 1, 0, 9), "from 0 to 9");
    assertProblem(with("10"), settings -> settings.integer(NAME, 1, 0, 9), "from 0 to 9");
    assertProblem(with("5000000000"), settings -> settings.integer(NAME, 1, 0, 9), "5000000000");
    assertProblem(with("-1"), settings -> settings.wholeNumber(NAME, 1, 0, 9), "-1");
    assertProblem(with("NaN"), settings -> settings.number(NAME, 1, 0, 9), "NaN");
    assertProblem(
        with("blue"), s -> s.choice(NAME, Colour.GREEN, Colour.class), "[deep-red, green]");
    assertProblem(with("a\u0000b"), settings -> settings.path(NAME), "not a path");
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    Settings settings =
        new Settings(Map.of("FRAMEWARDEN_A", "x", "FRAMEWARDEN_B", "y", "FRAMEWARDEN_TYPO", "1"));
    settings.integer("FRAMEWARDEN_A", 1, 0, 9);
    settings.duration("FRAMEWARDEN_B", Duration.ZERO);
    settings.problem("A and B do not go together");
    String message =
        assertThrows(InvalidConfigurationException.class, settings::check).getMessage();
    assertEquals(5, message.lines().count(), message);
    assertTrue(message.contains("FRAMEWARDEN_A is x"), message);
    assertTrue(message.contains("FRAMEWARDEN_B is y"), message);
    assertTrue(message.contains("A and B do not go together"), message);
    assertTrue(message.contains("FRAMEWARDEN_TYPO is not a variable of this service"), message);
    assertEquals(
        message, assertThrows(InvalidConfigurationException.class, settings::check).getMessage());
  }

  @Test
  void otherProgramsVariablesAreNoneOfOurs() {
    assertDoesNotThrow(new Settings(Map.of("PATH", "/bin"))::check);
  }

  @Test
  void everyProcessKnowsTheLogLevel() {
    assertDoesNotThrow(new Settings(Map.of(Settings.LOG_LEVEL, "Debug"))::check);
    Settings loud = new Settings(Map.of(Settings.LOG_LEVEL, "loud"));
    assertProblem(loud, settings -> {}, "trace, debug, info, warn, error, off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FRAMEWARDEN_S3_SECRET",
        "FRAMEWARDEN_PASSWORD",
        "FRAMEWARDEN_API_TOKEN",
        "FRAMEWARDEN_ACCESS_KEY"
      })
  void secretsAreHiddenFromTheLogAndFromErrors(String name) {
    Settings settings = new Settings(Map.of(name, "hunter2"));
    settings.text(name, "");
    assertEquals("(hidden)", settings.used().get(name));
    settings.integer(name, 1, 0, 9);
    String message =
        assertThrows(InvalidConfigurationException.class, settings::check).getMessage();
    assertFalse(message.contains("hunter2"), message);
  }

  @Test
  void usedShowsDefaultsToo() {
    Settings settings = with("5");
    settings.integer(NAME, 1, 0, 9);
    settings.text("FRAMEWARDEN_Y", "why");
    assertEquals(Map.of(NAME, "5", "FRAMEWARDEN_Y", "why"), settings.used());
  }

  @Test
  void acceptedSaysWhatEachVariableAcceptsInTheOrderOfReading() {
    Settings settings = new Settings(Map.of());
    settings.integer("FRAMEWARDEN_Y", 1, 0, 9);
    settings.flag(NAME, true);
    settings.withPrefix("FRAMEWARDEN_P_");
    assertEquals(
        "{FRAMEWARDEN_Y=a whole number from 0 to 9, FRAMEWARDEN_X=true or false,"
            + " FRAMEWARDEN_P_*=any text}",
        settings.accepted().toString());
  }

  @Test
  void aPrefixCollectsTheRestOfTheNameAndShowsNoValue() {
    Settings settings = new Settings(Map.of("FRAMEWARDEN_P_A_B", "1", "FRAMEWARDEN_P_", "2"));
    assertEquals(Map.of("a_b", "1"), settings.withPrefix("FRAMEWARDEN_P_"));
    assertEquals(Map.of("FRAMEWARDEN_P_A_B", "(hidden)"), settings.used());
    assertProblem(settings, s -> {}, "FRAMEWARDEN_P_ is not a variable");
  }

  private static Settings with(String value) {
    return new Settings(Map.of(NAME, value));
  }

  private static void assertProblem(Settings settings, Consumer<Settings> read, String mentioned) {
    read.accept(settings);
    String message =
        assertThrows(InvalidConfigurationException.class, settings::check).getMessage();
    assertTrue(message.contains(mentioned), message);
    assertTrue(message.contains("1 problem(s)"), message);
  }
}
