package io.framewarden.ingest.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxConfigTest {
  @Test
  void defaultsAreChildrenAsManyAsWorkers() {
    SandboxConfig config = SandboxConfig.from(new Settings(Map.of()));
    assertEquals(SandboxConfig.defaults(), config);
    assertEquals(DecoderMode.CHILD, config.mode());
    assertEquals(3, config.sized(3).children());
  }

  @Test
  void everyVariableIsRead() {
    Settings settings =
        new Settings(
            Map.of(
                "FRAMEWARDEN_DECODER", "in-process",
                "FRAMEWARDEN_DECODER_CHILDREN", "2",
                "FRAMEWARDEN_DECODER_VIDEOS", "7",
                "FRAMEWARDEN_DECODER_MAX_MEMORY", "2147483648",
                "FRAMEWARDEN_DECODER_MAX_CPU", "1h",
                "FRAMEWARDEN_DECODER_STALL", "5s",
                "FRAMEWARDEN_DECODER_DEADLINE", "9s",
                "FRAMEWARDEN_DECODER_DEADLINE_FACTOR", "2.5"));
    SandboxConfig config = SandboxConfig.from(settings);
    settings.check();
    assertEquals(
        new SandboxConfig(
            DecoderMode.IN_PROCESS,
            ConfinementPolicy.BEST,
            2,
            7,
            2L << 30,
            Duration.ofHours(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(9),
            2.5),
        config);
    assertEquals(2, config.sized(3).children());
  }

  @Test
  void confinementCannotBeRequiredOfWhatHasNone() {
    Settings settings =
        new Settings(
            Map.of(SandboxConfig.MODE, "in-process", SandboxConfig.CONFINEMENT, "require"));
    SandboxConfig.from(settings);
    assertTrue(
        assertThrows(InvalidConfigurationException.class, settings::check)
            .getMessage()
            .contains(SandboxConfig.CONFINEMENT));
    Settings possible = new Settings(Map.of(SandboxConfig.CONFINEMENT, "require"));
    assertEquals(ConfinementPolicy.REQUIRE, SandboxConfig.from(possible).confinement());
    possible.check();
  }

  @Test
  void limitsThatNoDecoderLivesUnderAreRefused() {
    for (String name :
        List.of(SandboxConfig.STALL, SandboxConfig.DEADLINE, SandboxConfig.MAX_CPU)) {
      Settings settings = new Settings(Map.of(name, "10ms"));
      SandboxConfig.from(settings);
      assertTrue(
          assertThrows(InvalidConfigurationException.class, settings::check)
              .getMessage()
              .contains(name));
    }
    Settings settings = new Settings(Map.of(SandboxConfig.MAX_MEMORY, "1000"));
    SandboxConfig.from(settings);
    assertThrows(InvalidConfigurationException.class, settings::check);
  }
}
