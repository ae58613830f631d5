package io.framewarden.ingest.decision;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.v1.Decision;
import io.framewarden.v1.Outcome;
import io.framewarden.v1.TrackDecision;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a moderator says of a verdict, as far as it was said.
 *
 * @param outcome unspecified where the label says it
 * @param label unspecified for the one of the verdict
 * @param revision of the verdict that was looked at; 0 for the latest, whatever it is
 * @param tracks on single tracks, likewise
 * @param note for people
 * @param moderator who decided
 */
public record DecisionRequest(
    Outcome outcome,
    VerdictLabel label,
    int revision,
    List<TrackDecision> tracks,
    String note,
    String moderator) {
  private static final int MAX_NOTE_BYTES = 4096;
  private static final int MAX_NAME_BYTES = 255;

  /** What a person can say of a face. */
  public static final Set<VerdictLabel> TRACK_LABELS =
      Set.copyOf(EnumSet.of(VerdictLabel.REAL, VerdictLabel.FAKE, VerdictLabel.UNCERTAIN));

  /** What a person can say of a video. The others are what became of a machine's attempt. */
  public static final Set<VerdictLabel> VIDEO_LABELS =
      Set.copyOf(
          EnumSet.of(
              VerdictLabel.REAL, VerdictLabel.FAKE, VerdictLabel.UNCERTAIN, VerdictLabel.NO_FACE));

  /**
   * The decision that this is on a video's latest verdict.
   *
   * @param nowUs when it is made, in microseconds since the epoch
   * @throws ApiException VERDICT_CHANGED when another revision was looked at; INVALID_DECISION when
   *     it contradicts the verdict or itself; MALFORMED_REQUEST when something is missing or too
   *     long
   */
  public Decision on(Verdict verdict, long nowUs) throws ApiException {
    if (revision != 0 && revision != verdict.getRevision()) {
      throw new ApiException(
          ProblemType.VERDICT_CHANGED,
          "the verdict is at revision %d, %s, and not at %d; look at it again"
              .formatted(verdict.getRevision(), verdict.getLabel(), revision));
    }
    checkTexts();
    TrackDecision video =
        decided("the video", outcome, label, verdict.getLabel(), VIDEO_LABELS).build();
    Decision.Builder decision =
        Decision.newBuilder()
            .setVideoId(verdict.getVideoId())
            .setVerdictRevision(verdict.getRevision())
            .setOutcome(video.getOutcome())
            .setLabel(video.getLabel())
            .setNote(note)
            .setModerator(moderator)
            .setDecidedTimeUs(nowUs);
    Set<Integer> seen = new HashSet<>();
    for (TrackDecision track : tracks) {
      if (!seen.add(track.getTrackId())) {
        throw invalid("track " + track.getTrackId() + " is decided on twice");
      }
      decision.addTracks(decided(track, verdict));
    }
    return decision.build();
  }

  private void checkTexts() throws ApiException {
    if (moderator.isBlank()) {
      throw malformed("moderator must say who decided");
    }
    if (moderator.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw malformed("moderator has at most " + MAX_NAME_BYTES + " bytes of UTF-8");
    }
    if (note.getBytes(StandardCharsets.UTF_8).length > MAX_NOTE_BYTES) {
      throw malformed("note has at most " + MAX_NOTE_BYTES + " bytes of UTF-8");
    }
  }

  private static TrackDecision decided(TrackDecision track, Verdict verdict) throws ApiException {
    int id = track.getTrackId();
    for (TrackVerdict judged : verdict.getTracksList()) {
      if (judged.getTrackId() == id) {
        return decided(
                "track " + id,
                track.getOutcome(),
                track.getLabel(),
                judged.getLabel(),
                TRACK_LABELS)
            .setTrackId(id)
            .build();
      }
    }
    throw invalid("the verdict has no track " + id + "; it has " + tracksOf(verdict));
  }

  /** Outcome and label, the one from the other where only one was said. */
  private static TrackDecision.Builder decided(
      String what,
      Outcome outcome,
      VerdictLabel label,
      VerdictLabel judged,
      Set<VerdictLabel> allowed)
      throws ApiException {
    boolean said = label != VerdictLabel.VERDICT_LABEL_UNSPECIFIED;
    boolean same = label == judged || (!said && outcome == Outcome.UPHELD);
    if (outcome == Outcome.OUTCOME_UNSPECIFIED && !said) {
      throw malformed("of " + what + " neither outcome nor label is given");
    }
    if (!said && !same) {
      throw malformed("OVERTURNED needs the label of " + what + ": " + names(allowed));
    }
    if (outcome == Outcome.UPHELD && !same) {
      throw invalid(
          "the verdict on %s is %s, and UPHELD keeps it; send OVERTURNED for %s"
              .formatted(what, judged, label));
    }
    if (outcome == Outcome.OVERTURNED && same) {
      throw invalid("the verdict on %s is %s already; send UPHELD".formatted(what, judged));
    }
    if (!same && !allowed.contains(label)) {
      throw invalid("a person calls " + what + " " + names(allowed) + ", not " + label);
    }
    return TrackDecision.newBuilder()
        .setOutcome(same ? Outcome.UPHELD : Outcome.OVERTURNED)
        .setLabel(same ? judged : label);
  }

  private static String names(Set<VerdictLabel> labels) {
    return new TreeSet<>(labels).stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private static String tracksOf(Verdict verdict) {
    return verdict.getTracksCount() == 0
        ? "none"
        : verdict.getTracksList().stream()
            .map(track -> Integer.toString(track.getTrackId()))
            .collect(Collectors.joining(", "));
  }

  private static ApiException invalid(String what) {
    return new ApiException(ProblemType.INVALID_DECISION, what);
  }

  private static ApiException malformed(String what) {
    return new ApiException(ProblemType.MALFORMED_REQUEST, what);
  }
}
