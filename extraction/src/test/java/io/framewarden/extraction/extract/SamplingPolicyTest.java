package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplingPolicyTest {

  @ParameterizedTest
  @CsvSource({"25, 60, 240", "30, 10, 40", "30, 2, 32", "8, 2, 16", "60, 1, 32", "2, 30, 60"})
  void takesItsRateAndAtLeastItsLeastNumber(double fps, double seconds, int expected) {
    assertEquals(expected, taken(SamplingPolicy.defaults(), fps, seconds, true));
  }

  @Test
  void withoutADurationTheFirstFramesMakeUpTheLeastNumber() {
    // 32 frames cover the first 1.28 s; then one for each quarter second that is left.
    int taken = taken(SamplingPolicy.defaults(), 25, 10, false);
    assertEquals(32 + 35, taken);
  }

  @Test
  void allTakesEveryFrame() {
    assertEquals(300, taken(SamplingPolicy.all(), 30, 10, true));
  }

  @ParameterizedTest
  @CsvSource({"4, '4/s, at least 32'", "2.5, '2.5/s, at least 32'", "ALL, all"})
  void readsAndWritesItsText(String given, String text) {
    assertEquals(text, SamplingPolicy.parse(given).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "fast", "NaN", "1001"})
  void refusesWhatIsNoSampling(String given) {
    assertThrows(IllegalArgumentException.class, () -> SamplingPolicy.parse(given));
  }

  private static int taken(SamplingPolicy policy, double fps, double seconds, boolean known) {
    FrameSampler sampler = policy.sampler(known ? Math.round(seconds * 1e6) : 0);
    int taken = 0;
    for (int i = 0; i < Math.round(fps * seconds); i++) {
      taken += sampler.accept(Math.round(i * 1e6 / fps)) ? 1 : 0;
    }
    return taken;
  }
}
