package io.framewarden.standalone.command.verdicts;

import io.framewarden.v1.Segment;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoStream;
import java.util.Locale;

/** A verdict as text for a terminal. */
public final class VerdictText {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int MAX_SEGMENTS = 3;

  private VerdictText() {}

  public static String label(Verdict verdict) {
    return verdict.getLabel().name().replace('_', ' ');
  }

  /** "0.93", or "-" where there is no probability. */
  public static String probability(Verdict verdict) {
    return verdict.hasProbability()
        ? String.format(Locale.ROOT, "%.2f", verdict.getProbability())
        : "-";
  }

  /** Scored of expected face frames; "27/?" while extraction has not told how many there are. */
  public static String faces(Verdict verdict) {
    int expected = verdict.getCompleteness().getExpected();
    boolean unknown = verdict.getStatus() == VerdictStatus.PROVISIONAL && expected == 0;
    return verdict.getCompleteness().getScored() + "/" + (unknown ? "?" : expected);
  }

  /** How many faces were tracked; one person may have several tracks. */
  public static String tracks(Verdict verdict) {
    return Integer.toString(verdict.getTracksCount());
  }

  /** Sampled of decoded frames, of all streams; "-" where the verdict tells of no stream. */
  public static String sampled(Verdict verdict) {
    if (verdict.getStreamsCount() == 0) {
      return "-";
    }
    long sampled = verdict.getStreamsList().stream().mapToLong(VideoStream::getSampledFrames).sum();
    long decoded = verdict.getStreamsList().stream().mapToLong(VideoStream::getDecodedFrames).sum();
    return sampled + "/" + decoded;
  }

  /** Minutes, seconds and tenths. */
  public static String time(long micros) {
    long seconds = micros / MICROS_PER_SECOND;
    long tenths = micros % MICROS_PER_SECOND * 10 / MICROS_PER_SECOND;
    return String.format(Locale.ROOT, "%d:%02d.%d", seconds / 60, seconds % 60, tenths);
  }

  /**
   * The verdict's reason, for a fake after which tracks and when: "track 1 at 0:01.5-1:02.2".
   * Tracks have the numbers of the verdict, from 0.
   */
  public static String why(Verdict verdict) {
    String reason = verdict.getReason();
    if (verdict.getLabel() != VerdictLabel.FAKE) {
      return reason;
    }
    String where = fakeTracks(verdict) + segments(verdict);
    return where + (where.isEmpty() || reason.isEmpty() ? "" : ". ") + reason;
  }

  private static String fakeTracks(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    for (TrackVerdict track : verdict.getTracksList()) {
      if (track.getLabel() == VerdictLabel.FAKE) {
        text.append(text.isEmpty() ? "track " : ", ").append(track.getTrackId());
      }
    }
    return text.toString();
  }

  private static String segments(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    int shown = 0;
    for (Segment segment : verdict.getSegmentsList()) {
      if (shown++ == MAX_SEGMENTS) {
        return text.append(", ...").toString();
      }
      text.append(text.isEmpty() ? " at " : ", ");
      text.append(time(segment.getStartUs())).append('-').append(time(segment.getEndUs()));
    }
    return text.toString();
  }
}
