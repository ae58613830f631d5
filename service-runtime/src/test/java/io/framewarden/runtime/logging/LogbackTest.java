package io.framewarden.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogbackTest {
  private static final String LEVEL = "FRAMEWARDEN_LOG_LEVEL";

  @Test
  void ourClassesLogFromInfoAndLibrariesFromWarn() throws JoranException {
    LoggerContext context = configured(null);
    assertEquals(Level.INFO, level(context, "io.framewarden.detector.Any"));
    for (String library : new String[] {"org.apache.kafka", "io.javalin", "org.eclipse.jetty"}) {
      assertEquals(Level.WARN, level(context, library));
    }
    // DJL warns at every start without a GPU.
    assertEquals(Level.ERROR, level(context, "ai.djl.util.Any"));
  }

  @Test
  void theVariableSetsOurLevelOnly() throws JoranException {
    LoggerContext context = configured("debug");
    assertEquals(Level.DEBUG, level(context, "io.framewarden.detector.Any"));
    assertEquals(Level.WARN, level(context, "org.apache.kafka.clients.Any"));
  }

  @Test
  void anEventIsOneLineOnStderrWhateverItsTextAndException() throws JoranException {
    LoggerContext context = configured(null);
    assertEquals("System.err", appender(context).getTarget());
    assertEquals(
        "2026-01-02T03:04:05.678Z INFO  [main] Any: plain\n", line(context, "plain", null));
    assertEquals(
        "2026-01-02T03:04:05.678Z INFO  [main] Any: one | 2026 ERROR forged\n",
        line(context, "one\n2026 ERROR forged", null));
    String failed = line(context, "failed", new IllegalStateException("a\nb", new Error("why")));
    assertEquals(1, failed.lines().count());
    assertTrue(failed.contains("failed | java.lang.IllegalStateException: a | b | at "), failed);
    assertTrue(failed.contains("Caused by: java.lang.Error: why"), failed);
  }

  @Test
  void nothingInAnEventSteersATerminal() throws JoranException {
    LoggerContext context = configured(null);
    assertEquals(
        "2026-01-02T03:04:05.678Z INFO  [main] Any: größe ?[2J?]0;x? ?31m ?gpj ?? end\n",
        line(context, "größe \u001b[2J\u001b]0;x\u0007 \u009b31m \u202egpj \0\177 end", null));
    String failed = line(context, "failed", new IllegalStateException("a\u001b[2J"));
    assertTrue(failed.contains("IllegalStateException: a?[2J | at "), failed);
  }

  private static LoggerContext configured(String level) throws JoranException {
    LoggerContext context = new LoggerContext();
    if (level != null) {
      context.putProperty(LEVEL, level);
    }
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogbackTest.class.getResource("/logback.xml"));
    return context;
  }

  private static Level level(LoggerContext context, String logger) {
    return context.getLogger(logger).getEffectiveLevel();
  }

  private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context) {
    return (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("stderr");
  }

  private static String line(LoggerContext context, String message, Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent("fqcn", context.getLogger("a.b.Any"), Level.INFO, message, thrown, null);
    event.setThreadName("main");
    event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
    byte[] bytes = appender(context).getEncoder().encode(event);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
