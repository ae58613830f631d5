package io.framewarden.schemas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTextTest {
  @ParameterizedTest
  @CsvSource({"0, 0 frames", "1, 1 frame", "2, 2 frames"})
  void oneIsSingular(long count, String text) {
    assertEquals(text, CountText.of(count, "frame"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 seconds",
    "1, 0.001 seconds",
    "250000, 0.25 seconds",
    "1000000, 1 second",
    "1000001, 1.001 seconds",
    "20000000, 20 seconds"
  })
  void secondsAreRoundedUp(long micros, String text) {
    assertEquals(text, CountText.seconds(micros));
  }
}
