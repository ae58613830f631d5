package io.framewarden.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {
  private static final String HEAD = "# HELP a_total A.\n# TYPE a_total counter\n";

  @Test
  void readsSamples() {
    assertEquals(
        Map.of("a_total{b=\"c\"}", 1e3), PrometheusText.parse(HEAD + "a_total{b=\"c\",} 1.0E3\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_total 1",
        "b_total 1\n",
        "a_total one\n",
        "a_total{b=c} 1\n",
        "a_total{b=\"c} 1\n",
        "a_total 1\na_total 2\n",
        "# TYPE a_total counter\n",
        "# TYPE b counter\n",
        "\n"
      })
  void refusesWhatIsNotInTheFormat(String text) {
    assertThrows(IllegalArgumentException.class, () -> PrometheusText.parse(HEAD + text));
  }
}
