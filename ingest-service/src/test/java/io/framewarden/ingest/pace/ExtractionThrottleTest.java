package io.framewarden.ingest.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class ExtractionThrottleTest {
  private static final long ANY = Long.MAX_VALUE;

  /** A measurement is taken when the test hands its outcome over. */
  private final SynchronousQueue<Object> outcomes = new SynchronousQueue<>();

  private final CollectorRegistry registry = new CollectorRegistry();
  private volatile String shortage = "";
  private DiskRoom disk = DiskRoom.UNKNOWN;
  private ExtractionThrottle pace = pace(0.5);

  @AfterEach
  void close() {
    pace.close();
  }

  @Test
  void closingEndsAMeasurementThatNobodyAnswers() throws Exception {
    pace.start();
    outcomes.put(lag(0, ANY));
    frame().get();
    pace.close();
    assertFalse(outcomes.offer(lag(0, ANY)), "it measures no more");
  }

  @Test
  void nothingPassesBeforeTheFirstMeasurement() throws Exception {
    pace.start();
    CompletableFuture<Void> frame = frame();
    assertFalse(frame.isDone());
    outcomes.put(lag(0, ANY));
    frame.get();
  }

  @Test
  void pausesAtTheThresholdAndGoesOnWellBelowIt() throws Exception {
    pace.start();
    outcomes.put(lag(0.49, ANY));
    frame().get();
    outcomes.put(lag(0.5, 0));
    outcomes.put(lag(0.4, ANY)); // taken, so the one before has been acted on
    CompletableFuture<Void> frame = frame();
    assertEquals("extraction waits for the scorers", pace.health().detail());
    assertTrue(pace.health().isReady());
    assertEquals(1, metric("framewarden_extraction_paused"));
    outcomes.put(lag(0.36, ANY));
    assertFalse(frame.isDone());
    outcomes.put(lag(0.34, ANY));
    frame.get();
    assertEquals("", pace.health().detail());
    assertTrue(metric("framewarden_extraction_paused_seconds_total") > 0);
  }

  @Test
  void betweenMeasurementsNoMorePassesThanThereWasRoomFor() throws Exception {
    pace.start();
    outcomes.put(lag(0.1, 150));
    frame().get();
    pace.sent(100);
    frame().get();
    pace.sent(100);
    CompletableFuture<Void> third = frame();
    outcomes.put(lag(0.1, 150)); // what is under way is not in it yet
    outcomes.put(lag(0.1, 150));
    assertFalse(third.isDone());
    pace.acknowledged(100);
    pace.acknowledged(100);
    outcomes.put(lag(0.1, 150));
    outcomes.put(lag(0.1, 150));
    third.get();
  }

  @Test
  void goesOnWithoutMeasurementsAndSaysSo() throws Exception {
    pace.start();
    outcomes.put(new IOException("not authorized"));
    frame().get();
    assertTrue(pace.health().isReady());
    assertTrue(pace.health().detail().contains("not authorized"));
    assertTrue(Double.isNaN(metric("framewarden_scorer_lag_ratio")));
    outcomes.put(lag(0.2, ANY));
    outcomes.put(lag(0.2, ANY));
    assertEquals(0.2, metric("framewarden_scorer_lag_ratio"));
    assertEquals("", pace.health().detail());
  }

  @Test
  void aPauseOutlastsAHiccupButNotAnOutage() throws Exception {
    pace.start();
    outcomes.put(lag(0.6, 0));
    CompletableFuture<Void> frame = frame();
    outcomes.put(new IOException("once"));
    outcomes.put(new IOException("twice"));
    assertFalse(frame.isDone());
    outcomes.put(new IOException("thrice"));
    frame.get();
  }

  @Test
  void withAThresholdOfZeroEverythingPasses() throws Exception {
    registry.clear();
    pace = pace(0);
    pace.start();
    frame().get();
  }

  @Test
  void waitsForRoomOnTheDiskAndSaysSo() throws Exception {
    pace = sharingADisk(0.5);
    pace.start();
    outcomes.put(lag(0, ANY));
    frame().get();
    shortage = "the disk is full";
    outcomes.put(lag(0, ANY));
    outcomes.put(lag(0, ANY)); // taken, so the disk was looked at
    CompletableFuture<Void> frame = frame();
    assertEquals("extraction waits: the disk is full", pace.health().detail());
    assertTrue(pace.health().isReady());
    assertEquals(1, metric("framewarden_extraction_paused"));
    shortage = "";
    outcomes.put(lag(0, ANY));
    outcomes.put(lag(0, ANY));
    frame.get();
    assertEquals("", pace.health().detail());
  }

  @Test
  void theDiskCountsWithAThresholdOfZeroToo() throws Exception {
    shortage = "the disk is full";
    pace = sharingADisk(0);
    pace.start();
    CompletableFuture<Void> frame = frame();
    assertFalse(frame.isDone());
    shortage = "";
    frame.get();
  }

  private ExtractionThrottle sharingADisk(double threshold) {
    registry.clear();
    disk =
        new DiskRoom() {
          @Override
          public long reservedBytes() {
            return 0;
          }

          @Override
          public Optional<String> shortage() {
            return Optional.of(shortage).filter(text -> !text.isEmpty());
          }
        };
    return pace(threshold);
  }

  @Test
  void badSettingsAreNamed() {
    Settings settings =
        new Settings(Map.of(ThrottleConfig.THRESHOLD, "0.95", ThrottleConfig.EVERY, "1ms"));
    ThrottleConfig.from(settings);
    InvalidConfigurationException bad =
        assertThrows(InvalidConfigurationException.class, settings::check);
    assertTrue(bad.getMessage().contains(ThrottleConfig.THRESHOLD));
    assertTrue(bad.getMessage().contains(ThrottleConfig.EVERY));
  }

  private ExtractionThrottle pace(double threshold) {
    return new ExtractionThrottle(
        new ThrottleConfig(threshold, Duration.ofMillis(1)), this::measure, disk, registry);
  }

  private ScorerLag measure(double threshold) throws IOException, InterruptedException {
    Object outcome = outcomes.take();
    if (outcome instanceof IOException failure) {
      throw failure;
    }
    return (ScorerLag) outcome;
  }

  private static ScorerLag lag(double fullness, long room) {
    return new ScorerLag(7, fullness, room, 0);
  }

  /** A frame that has passed, or waits. */
  private CompletableFuture<Void> frame() {
    CompletableFuture<Void> passed = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                pace.await();
                passed.complete(null);
              } catch (InterruptedException e) {
                passed.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    while (!passed.isDone() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return passed;
  }

  private double metric(String name) {
    return registry.getSampleValue(name);
  }
}
