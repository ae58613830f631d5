package io.framewarden.extraction.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlaybackTimelineTest {
  private static final long MISSING = Long.MIN_VALUE;
  private static final ContainerClock MOVIE = new ContainerClock(0, false);
  private static final ContainerClock BROADCAST = new ContainerClock(1_400_000, true);

  @Test
  void followsTimestampsThatGrow() {
    assertTimes(MOVIE, times(10_000, 10_040, 10_080), 10_000, 10_040, 10_080);
    assertTimes(BROADCAST, times(1400, 1440, 1500), 0, 40, 100);
  }

  @Test
  void keepsPausesOfAMovieAndBridgesThoseOfABroadcast() {
    assertTimes(MOVIE, times(0, 40, 60_000, 60_040), 0, 40, 60_000, 60_040);
    assertTimes(BROADCAST, times(1400, 1440, 9000, 9040), 0, 40, 7600, 7640);
    assertTimes(BROADCAST, times(1400, 1440, 61_400, 61_440), 0, 40, 80, 120);
  }

  @Test
  void goesOnWhereTheClockRestarts() {
    assertTimes(MOVIE, times(0, 40, 80, 0, 40, 80, 120), 0, 40, 80, 120, 160, 200, 240);
    assertTimes(BROADCAST, times(1400, 1440, 0, 50, 100), 0, 40, 80, 130, 180);
  }

  @Test
  void passesOverASingleWrongTimestamp() {
    assertTimes(MOVIE, times(0, 400, 440, 40, 520, 560), 0, 400, 440, 480, 520, 560);
  }

  @Test
  void catchesUpAfterAClockThatStoodStill() {
    assertTimes(MOVIE, times(0, 40, 40, 40, 160, 200), 0, 40, 80, 120, 160, 200);
  }

  @Test
  void fillsInMissingTimestamps() {
    assertTimes(MOVIE, new long[] {MISSING, MISSING, 80, MISSING, 160}, 0, 40, 80, 120, 160);
  }

  @Test
  void countsJumpsAndPlayedTime() {
    PlaybackTimeline timeline = new PlaybackTimeline(1e-3, 25, BROADCAST, 0);
    for (long tick : times(1400, 1440, 90_000, 90_040, 1400, 1440)) {
      timeline.next(tick, MISSING, 0);
    }
    assertEquals(2, timeline.jumps());
    assertEquals(200_000, timeline.playedUs());
    assertEquals(240_000, timeline.endUs());
  }

  @Test
  void alwaysGrowsByNoMoreThanAPause() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      PlaybackTimeline timeline = new PlaybackTimeline(1e-3, random.nextInt(60), BROADCAST, 0);
      long last = -1;
      for (int frame = 0; frame < 100; frame++) {
        long tick = random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(20_000);
        long us = timeline.next(tick, MISSING, random.nextInt(100) - 20);
        assertTrue(us > last, us + " after " + last);
        assertTrue(last < 0 || us - last <= 10_000_000, us + " after " + last);
        last = us;
      }
    }
  }

  private static void assertTimes(ContainerClock clock, long[] ticks, long... expectedMillis) {
    PlaybackTimeline timeline = new PlaybackTimeline(1e-3, 25, clock, 0);
    long[] times = LongStream.of(ticks).map(tick -> timeline.next(tick, MISSING, 0)).toArray();
    assertArrayEquals(LongStream.of(expectedMillis).map(ms -> ms * 1000).toArray(), times);
  }

  private static long[] times(long... ticks) {
    return ticks;
  }
}
