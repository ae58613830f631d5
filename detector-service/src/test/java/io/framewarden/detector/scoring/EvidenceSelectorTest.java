package io.framewarden.detector.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.v1.FaceFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvidenceSelectorTest {
  private static final String MODEL = "m";
  private final ScoringPolicy policy = new ScoringPolicy(ExtractionMismatch.REFUSE, 0.5, 3);
  private final EvidenceSelector selector = new EvidenceSelector(policy);

  @Test
  void selectsTheMostSuspiciousFramesOfAVideo() {
    assertTrue(selector.select(frame("v", 1), MODEL, 0.9));
    assertTrue(selector.select(frame("v", 2), MODEL, 0.8));
    assertTrue(selector.select(frame("v", 3), MODEL, 0.7));
    assertFalse(selector.select(frame("v", 4), MODEL, 0.6));
    assertTrue(selector.select(frame("v", 5), MODEL, 0.75));
    assertFalse(selector.select(frame("v", 6), MODEL, 0.75), "of equals the earlier");
    assertFalse(selector.select(frame("v", 7), MODEL, 0.4));
  }

  @Test
  void eachVideoAttemptAndModelIsSelectedByItself() {
    for (int seq = 1; seq <= 3; seq++) {
      selector.select(frame("v", seq), MODEL, 0.9);
    }

    assertTrue(selector.select(frame("w", 4), MODEL, 0.6));
    assertTrue(selector.select(frame("v", 4), "another", 0.6));
    assertTrue(selector.select(frame("v", 4).toBuilder().setAttempt(2).build(), MODEL, 0.6));
  }

  @Test
  void selectsFramesThatAreScoredAgainAsBefore() {
    List<Boolean> first = new ArrayList<>();
    List<Boolean> again = new ArrayList<>();
    for (List<Boolean> shown : List.of(first, again)) {
      for (int seq = 1; seq <= 3; seq++) {
        shown.add(selector.select(frame("v", seq), MODEL, 0.9 - seq * 0.1));
      }
    }

    assertEquals(List.of(true, true, true), first);
    assertEquals(first, again);
  }

  @Test
  void theMostSuspiciousFramesHaveEvidenceHoweverTheyAreSpreadOverScorers() {
    Random random = new Random(5);
    double[] probabilities = random.doubles(200, 0.5, 1).toArray();
    List<EvidenceSelector> scorers =
        List.of(new EvidenceSelector(policy), new EvidenceSelector(policy), selector);
    Set<Integer> shown = new HashSet<>();
    List<Integer> order = new ArrayList<>();
    for (int seq = 0; seq < probabilities.length; seq++) {
      order.add(seq);
    }
    Collections.shuffle(order, random);
    for (int seq : order) {
      EvidenceSelector scorer = scorers.get(random.nextInt(scorers.size()));
      if (scorer.select(frame("v", seq), MODEL, probabilities[seq])) {
        shown.add(seq);
      }
    }

    order.sort(Comparator.comparing(seq -> -probabilities[seq]));
    assertTrue(shown.containsAll(order.subList(0, policy.evidenceFrames())));
    assertTrue(shown.size() < probabilities.length / 2, shown.size() + " shown");
  }

  @Test
  void anEvictedVideoShowsMoreFramesAndNoFewer() {
    for (int seq = 1; seq <= 3; seq++) {
      selector.select(frame("v", seq), MODEL, 0.9);
    }
    for (int i = 0; i < EvidenceSelector.MAX_VIDEOS; i++) {
      selector.select(frame("other-" + i, 1), MODEL, 0.9);
    }

    assertTrue(selector.select(frame("v", 4), MODEL, 0.6));
  }

  @Test
  void selectsNothingWhenEvidenceIsOff() {
    EvidenceSelector none = new EvidenceSelector(policy.withoutEvidence());

    assertFalse(none.select(frame("v", 0), MODEL, 1));
  }

  private static FaceFrame frame(String video, int seq) {
    return FaceFrame.newBuilder().setVideoId(video).setAttempt(1).setSeq(seq).build();
  }
}
