package io.framewarden.runtime.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.v1.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestRecordsTest {
  private final LatestRecords<Verdict> latest = new LatestRecords<>(2);

  @Test
  void keepsTheLatestOfEachVideo() {
    put("a", 1);
    put("a", 2);
    assertEquals(2, latest.find("a").orElseThrow().getRevision());
    assertTrue(latest.find("b").isEmpty());
  }

  @Test
  void keepsOnlyThePlaceOfTheVideoWithoutNewsForLongest() {
    put("a", 1);
    put("b", 1);
    put("a", 2);
    put("c", 1);
    assertTrue(latest.find("b").isEmpty());
    assertEquals(new RecordPosition(1, 1), latest.placeOf("b").orElseThrow());
    assertTrue(latest.placeOf("a").isEmpty());
    assertEquals(List.of("c", "a"), latest.newest(10).stream().map(Verdict::getVideoId).toList());
    assertEquals(1, latest.newest(1).size());
  }

  @Test
  void forgetsADeletedVideo() {
    put("a", 1);
    latest.put("a", null, new RecordPosition(0, 9));
    assertTrue(latest.find("a").isEmpty());
    assertTrue(latest.placeOf("a").isEmpty());
  }

  /** Who writes a record takes it at once, and hears of earlier ones after that. */
  @Test
  void passesOverARecordThatIsEarlierThanTheOneItHas() {
    put("a", 2);
    assertFalse(put("a", 1));
    assertTrue(put("a", 2), "its echo");
    assertEquals(2, latest.find("a").orElseThrow().getRevision());
    put("b", 3);
    put("c", 4);
    assertFalse(put("a", 1));
    assertEquals(new RecordPosition(1, 2), latest.placeOf("a").orElseThrow());
    assertTrue(put("a", 5));
    assertEquals(5, latest.find("a").orElseThrow().getRevision());
  }

  @Test
  void refusesToKeepNothing() {
    assertThrows(IllegalArgumentException.class, () -> new LatestRecords<>(0));
  }

  private boolean put(String videoId, int revision) {
    Verdict verdict = Verdict.newBuilder().setVideoId(videoId).setRevision(revision).build();
    return latest.put(videoId, verdict, new RecordPosition(1, revision));
  }
}
