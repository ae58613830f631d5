package io.framewarden.runtime.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.v1.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestVerdictsTest {
  private final LatestVerdicts latest = new LatestVerdicts(2);

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

  @Test
  void refusesToKeepNothing() {
    assertThrows(IllegalArgumentException.class, () -> new LatestVerdicts(0));
  }

  private void put(String videoId, int revision) {
    Verdict verdict = Verdict.newBuilder().setVideoId(videoId).setRevision(revision).build();
    latest.put(videoId, verdict, new RecordPosition(1, revision));
  }
}
