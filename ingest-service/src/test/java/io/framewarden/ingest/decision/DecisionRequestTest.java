package io.framewarden.ingest.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.v1.Decision;
import io.framewarden.v1.Outcome;
import io.framewarden.v1.TrackDecision;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a moderator may say of a verdict that is FAKE, with a FAKE and a REAL track. */
class DecisionRequestTest {
  private static final Verdict VERDICT =
      Verdict.newBuilder()
          .setVideoId("v")
          .setRevision(3)
          .setLabel(VerdictLabel.FAKE)
          .addTracks(TrackVerdict.newBuilder().setTrackId(0).setLabel(VerdictLabel.FAKE))
          .addTracks(TrackVerdict.newBuilder().setTrackId(4).setLabel(VerdictLabel.REAL))
          .build();

  @Test
  void holdsAllThatWasSaid() throws Exception {
    Decision decision =
        request(
                "OVERTURNED",
                "REAL",
                3,
                track(0, "OVERTURNED", "UNCERTAIN"),
                track(4, "UPHELD", ""))
            .on(VERDICT, 17);
    assertEquals(
        Decision.newBuilder()
            .setVideoId("v")
            .setVerdictRevision(3)
            .setOutcome(Outcome.OVERTURNED)
            .setLabel(VerdictLabel.REAL)
            .addTracks(track(0, "OVERTURNED", "UNCERTAIN"))
            .addTracks(track(4, "UPHELD", "REAL"))
            .setNote("a note")
            .setModerator("mo")
            .setDecidedTimeUs(17)
            .build(),
        decision);
  }

  @ParameterizedTest
  @CsvSource({
    "UPHELD, '', UPHELD, FAKE",
    "UPHELD, FAKE, UPHELD, FAKE",
    "'', FAKE, UPHELD, FAKE",
    "'', REAL, OVERTURNED, REAL",
    "OVERTURNED, NO_FACE, OVERTURNED, NO_FACE",
  })
  void outcomeAndLabelFollowFromEachOther(
      String outcome, String label, Outcome decided, VerdictLabel labelled) throws Exception {
    Decision decision = request(outcome, label, 0).on(VERDICT, 1);
    assertEquals(decided, decision.getOutcome());
    assertEquals(labelled, decision.getLabel());
    assertEquals(3, decision.getVerdictRevision());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPHELD | REAL | INVALID_DECISION | send OVERTURNED for REAL",
        "OVERTURNED | FAKE | INVALID_DECISION | is FAKE already; send UPHELD",
        "OVERTURNED | INCOMPLETE | INVALID_DECISION | REAL, FAKE, UNCERTAIN, NO_FACE, not"
            + " INCOMPLETE",
        "OVERTURNED | '' | MALFORMED_REQUEST | OVERTURNED needs the label of the video",
        "'' | '' | MALFORMED_REQUEST | neither outcome nor label",
      })
  void whatContradictsTheVerdictIsRefused(
      String outcome, String label, ProblemType type, String problem) {
    assertRefused(type, problem, request(outcome, label, 0));
  }

  @Test
  void decisionsOnTracksAreHeldToTheirVerdicts() {
    ProblemType invalid = ProblemType.INVALID_DECISION;
    assertRefused(
        invalid, "no track 1; it has 0, 4", request("UPHELD", "", 0, track(1, "UPHELD", "")));
    assertRefused(invalid, "track 4 is REAL", request("UPHELD", "", 0, track(4, "UPHELD", "FAKE")));
    assertRefused(
        invalid, "a person calls track 4", request("UPHELD", "", 0, track(4, "", "NO_FACE")));
    assertRefused(
        invalid,
        "track 4 is decided on twice",
        request("UPHELD", "", 0, track(4, "UPHELD", ""), track(4, "UPHELD", "")));
    assertRefused(
        ProblemType.MALFORMED_REQUEST, "of track 4", request("UPHELD", "", 0, track(4, "", "")));
  }

  /** Whoever looked at another verdict than the latest looks again. */
  @Test
  void anotherRevisionIsRefusedAndTheLatestNamed() {
    for (int revision : new int[] {2, 4}) {
      assertRefused(
          ProblemType.VERDICT_CHANGED,
          "is at revision 3, FAKE, and not at " + revision,
          request("UPHELD", "", revision));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = VerdictLabel.class,
      names = {"NO_FACE", "UNDECODABLE", "INCOMPLETE", "UNCERTAIN"})
  void whateverTheVerdictIsItCanBeUpheld(VerdictLabel label) throws Exception {
    Verdict verdict = Verdict.newBuilder().setVideoId("v").setLabel(label).build();
    Decision decision = request("UPHELD", "", 0).on(verdict, 1);
    assertEquals(label, decision.getLabel());
    assertEquals(
        VerdictLabel.REAL, request("", "REAL", 0).on(verdict, 1).getLabel(), "or overturned");
  }

  @Test
  void textsHaveAnEndAndSomebodyDecides() {
    ProblemType malformed = ProblemType.MALFORMED_REQUEST;
    assertRefused(malformed, "note has at most 4096 bytes", texts("ü".repeat(2049), "mo"));
    assertRefused(malformed, "moderator has at most 255 bytes", texts("", "m".repeat(256)));
    assertRefused(malformed, "moderator must say who decided", texts("", " "));
  }

  private static DecisionRequest texts(String note, String moderator) {
    return new DecisionRequest(
        Outcome.UPHELD, VerdictLabel.VERDICT_LABEL_UNSPECIFIED, 0, List.of(), note, moderator);
  }

  private static DecisionRequest request(
      String outcome, String label, int revision, TrackDecision... tracks) {
    return new DecisionRequest(
        outcome(outcome), label(label), revision, List.of(tracks), "a note", "mo");
  }

  private static TrackDecision track(int id, String outcome, String label) {
    return TrackDecision.newBuilder()
        .setTrackId(id)
        .setOutcome(outcome(outcome))
        .setLabel(label(label))
        .build();
  }

  private static Outcome outcome(String name) {
    return name.isEmpty() ? Outcome.OUTCOME_UNSPECIFIED : Outcome.valueOf(name);
  }

  private static VerdictLabel label(String name) {
    return name.isEmpty() ? VerdictLabel.VERDICT_LABEL_UNSPECIFIED : VerdictLabel.valueOf(name);
  }

  private static void assertRefused(ProblemType type, String problem, DecisionRequest request) {
    ApiException refusal = assertThrows(ApiException.class, () -> request.on(VERDICT, 1));
    assertEquals(type, refusal.type());
    assertTrue(refusal.getMessage().contains(problem), refusal.getMessage());
  }
}
